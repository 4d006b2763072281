//! The mouse, for the one suite that counts what a hand does. Everything else in the window is tested by keys alone.

use serde_json::json;

use super::keyboard::Focus;
use super::open::Window;

impl<'w> Window<'w> {
    /// Clicks what the selector finds, or its label, where it can be seen; the page is scrolled to it as by a wheel. Answers the keyboard
    /// there, for a field that is typed into.
    #[track_caller]
    pub fn click(&self, selector: &str) -> Focus<'_, 'w> {
        self.see_element(selector);
        let place = self.run(PLACE, json!([selector]));
        let at = |axis: &str| place[axis].as_f64().unwrap_or_else(|| panic!("{selector} is covered")) as i64;
        let (x, y) = (at("x"), at("y"));
        self.clicks.set(self.clicks.get() + 1);
        self.driver.borrow().as_ref().expect("a session").click(x, y);
        self.pointed_at(selector)
    }
}

/// A place on the element or a label of it where nothing lies over it.
const PLACE: &str = "
    const element = document.querySelector(arguments[0]);
    const shapes = [element, ...(element.labels ?? [])];
    for (const shape of shapes) {
        shape.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = shape.getBoundingClientRect();
        for (const across of [0.5, 0.2, 0.8]) {
            const [x, y] = [box.left + box.width * across, box.top + box.height / 2];
            const hit = document.elementFromPoint(x, y);
            if (hit !== null && shapes.some((own) => own.contains(hit))) return { x: Math.round(x), y: Math.round(y) };
        }
    }
    return {};
";
