//! The letters of a word as a path, for the watermark: it is seen, but neither read aloud nor found by a search.

use crate::fonts::Face;
use crate::layout::Step;

/// The outlines of a word at `size` points, from its left end on the line it stands on; y grows downwards.
///
/// The first character that has no outline of its own (one put together from others) is the error.
pub(crate) fn outline(face: &Face, word: &str, size: f32) -> Result<Vec<Step>, char> {
    let mut steps = Vec::new();
    let mut x = 0.0;
    for character in word.chars() {
        if !character.is_whitespace() {
            let contours = face.contours(character).ok_or(character)?;
            for contour in contours {
                trace(&contour, |(px, py)| (x + px * size, -py * size), &mut steps);
            }
        }
        x += face.width(character.encode_utf8(&mut [0; 4]), size);
    }
    Ok(steps)
}

/// A point of a contour as a share of the size, and whether the contour passes through it.
pub(crate) type ContourPoint = ((f32, f32), bool);

/// A closed contour of quadratic curves; between two points it does not pass through lies one in the middle that it does.
fn trace(contour: &[ContourPoint], place: impl Fn((f32, f32)) -> (f32, f32), steps: &mut Vec<Step>) {
    let Some(on) = contour.iter().position(|point| point.1) else { return };
    let Some(&(start, _)) = contour.get(on) else { return };
    let around = contour.iter().skip(on + 1).chain(contour.iter().take(on + 1));
    let (x, y) = place(start);
    steps.push(Step::Move(x, y));
    let mut last = start;
    let mut control: Option<(f32, f32)> = None;
    let curve = |last: &mut (f32, f32), control: (f32, f32), end: (f32, f32), steps: &mut Vec<Step>| {
        let third =
            |from: (f32, f32)| (from.0 + (control.0 - from.0) * 2.0 / 3.0, from.1 + (control.1 - from.1) * 2.0 / 3.0);
        let ((a, b), (c, d), (e, f)) = (place(third(*last)), place(third(end)), place(end));
        steps.push(Step::Curve([a, b, c, d, e, f]));
        *last = end;
    };
    for &(point, passes) in around {
        match (control, passes) {
            (None, true) => {
                let (x, y) = place(point);
                steps.push(Step::Line(x, y));
                last = point;
            }
            (None, false) => control = Some(point),
            (Some(bend), true) => {
                curve(&mut last, bend, point, steps);
                control = None;
            }
            (Some(bend), false) => {
                curve(&mut last, bend, ((bend.0 + point.0) / 2.0, (bend.1 + point.1) / 2.0), steps);
                control = Some(point);
            }
        }
    }
    steps.push(Step::Close);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::faces;

    #[test]
    fn a_letter_has_its_contours_and_stays_within_its_width() {
        let face = &faces().unwrap().bold;
        let steps = outline(face, "DR", 100.0).unwrap();
        assert_eq!(steps.iter().filter(|step| matches!(step, Step::Close)).count(), 4);
        let width = face.width("DR", 100.0);
        for step in steps {
            if let Step::Move(x, y) | Step::Line(x, y) = step {
                assert!((0.0..=width).contains(&x) && (-100.0..=0.1).contains(&y), "{x} {y}");
            }
        }
    }

    #[test]
    fn a_letter_put_together_from_others_is_named() {
        assert_eq!(outline(&faces().unwrap().bold, "É", 10.0), Err('É'));
    }
}
