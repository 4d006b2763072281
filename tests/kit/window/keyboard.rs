//! The keyboard, the only way the tests act on the window. No key is sent before it is asserted where the keyboard is; clicks, scripts
//! that act, and values set from outside must not come here.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;

use super::open::Window;
use super::wait::{until, within};

/// A key without a letter. Source: WebDriver, 17.4.2, normalised key values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Tab,
    Enter,
    Space,
    Up,
    Down,
    Left,
    Right,
    End,
    F1,
    F6,
}

impl Key {
    fn code(self) -> char {
        match self {
            Self::Tab => '\u{E004}',
            Self::Enter => '\u{E007}',
            Self::Space => ' ',
            Self::Up => '\u{E013}',
            Self::Down => '\u{E015}',
            Self::Left => '\u{E012}',
            Self::Right => '\u{E014}',
            Self::End => '\u{E010}',
            Self::F1 => '\u{E031}',
            Self::F6 => '\u{E036}',
        }
    }
}

const CONTROL: char = '\u{E009}';
const SHIFT: char = '\u{E008}';
const SHOWN_WITHIN: Duration = Duration::from_secs(5);
/// More stops than any page has.
const MOST_STOPS: u32 = 200;

/// Proof that the keyboard is on what `selector` finds.
pub struct Focus<'a, 'w> {
    window: &'a Window<'w>,
    selector: String,
}

impl<'w> Window<'w> {
    /// Tabs, forwards or backwards as the page is laid out, until the keyboard is on something that the selector finds. Every stop on the
    /// way can be seen: nothing sticky lies over it.
    #[track_caller]
    pub fn tab_to(&self, selector: &str) -> Focus<'_, 'w> {
        self.see_element(selector);
        let script = format!("{SEEN} {WAY}");
        let mut stops = 0;
        loop {
            let at = self.run(&script, json!([selector]));
            let way = at["way"].as_str();
            if way != Some("outside") && at["seen"] != true {
                self.focus_is_seen().unwrap_or_else(|hidden| panic!("on the way to {selector} {hidden}"));
            }
            match way {
                Some("here") => break,
                Some("before") => self.send(&[vec![SHIFT, Key::Tab.code()]]),
                _ => self.send(&[vec![Key::Tab.code()]]),
            }
            self.tabs.set(self.tabs.get() + 1);
            stops += 1;
            assert!(stops <= MOST_STOPS, "{selector} cannot be reached by Tab");
        }
        Focus { window: self, selector: selector.to_owned() }
    }

    /// Tabs through the whole page, from where the keyboard is and round again, until it was on everything that can be used; of a group
    /// of radio buttons, on one. Answers how many stops there are.
    ///
    /// # Errors
    /// What cannot be seen while the keyboard is on it, or what Tab never comes to.
    pub fn walk(&self) -> Result<usize, String> {
        let script = format!("{SEEN} {STOPS}");
        let mut reached = BTreeSet::new();
        let mut presses = 0;
        loop {
            self.send(&[vec![Key::Tab.code()]]);
            presses += 1;
            let at = self.run(&script, json!([]));
            let total = at["stops"].as_array().unwrap().len();
            if let Some(here) = at["here"].as_u64() {
                if at["seen"] != true {
                    self.focus_is_seen()?;
                }
                reached.insert(here);
            }
            if reached.len() == total {
                return Ok(total);
            }
            if presses >= 2 * total + 20 {
                let left =
                    (0..total as u64).filter(|stop| !reached.contains(stop)).map(|stop| &at["stops"][stop as usize]);
                return Err(format!("Tab never comes to {:?}", left.collect::<Vec<_>>()));
            }
        }
    }

    fn focus_is_seen(&self) -> Result<(), String> {
        // The page brings into view what the keyboard reaches soon after, not at once.
        let script = format!("{SEEN} return seen(document.activeElement)");
        let seen = within(SHOWN_WITHIN, || (self.run(&script, json!([])) == true).then_some(()));
        seen.ok_or_else(|| {
            let here = self.run("return document.activeElement.outerHTML", json!([]));
            format!("nothing can be seen of where the keyboard is: {here}")
        })
    }

    /// The keyboard where it is already.
    #[track_caller]
    pub fn focus_on(&self, selector: &str) -> Focus<'_, 'w> {
        self.wait_for(
            &format!("the keyboard on {selector}"),
            "return document.activeElement?.matches(arguments[0]) === true",
            json!([selector]),
        );
        Focus { window: self, selector: selector.to_owned() }
    }

    /// Where the mouse was: what is typed next is asserted to come there.
    pub(super) fn pointed_at(&self, selector: &str) -> Focus<'_, 'w> {
        Focus { window: self, selector: selector.to_owned() }
    }

    /// A shortcut that works wherever the keyboard is, as long as it is in this screen.
    #[track_caller]
    pub fn shortcut(&self, screen: &str, letter: char) {
        self.see(screen);
        self.assert_keyboard_inside();
        self.send(&[vec![CONTROL, letter]]);
    }

    /// F6, to the next region of the window.
    #[track_caller]
    pub fn next_region(&self) {
        self.assert_keyboard_inside();
        self.send(&[vec![Key::F6.code()]]);
    }

    /// Chooses one of a group of radio buttons by the arrow keys, or by Space where the keyboard already is on it.
    #[track_caller]
    pub fn choose(&self, group: &str, id: &str) {
        // An id may hold what a selector reads otherwise.
        let (any, wanted) = (format!("input[name='{group}']"), format!("[id='{id}']"));
        self.tab_to(&any);
        let order = "const all = [...document.querySelectorAll(arguments[0])]; return all.indexOf(document.querySelector(arguments[1])) - all.indexOf(document.activeElement)";
        loop {
            let left = self.run(order, json!([any, wanted])).as_i64().unwrap();
            match left {
                0 => break,
                1.. => self.focus_on(&any).press(Key::Down),
                _ => self.focus_on(&any).press(Key::Up),
            }
        }
        if !self.is_checked(&wanted) {
            self.focus_on(&wanted).press(Key::Space);
        }
        self.wait_for(&format!("{id} chosen"), "return document.querySelector(arguments[0]).checked", json!([wanted]));
    }

    /// Chooses an option of a closed list by its arrow keys.
    #[track_caller]
    pub fn choose_option(&self, selector: &str, value: &str) {
        let focus = self.tab_to(selector);
        for _ in 0..MOST_STOPS {
            if self.value(selector) == value {
                return;
            }
            let before = self.value(selector);
            focus.press(Key::Down);
            until("the next option", || (self.value(selector) != before).then_some(()));
        }
        panic!("{selector} has no option {value}");
    }

    /// Tab once; the keyboard comes to what the selector finds.
    #[track_caller]
    pub fn tab_on(&self, selector: &str) -> Focus<'_, 'w> {
        self.assert_keyboard_inside();
        self.send(&[vec![Key::Tab.code()]]);
        self.tabs.set(self.tabs.get() + 1);
        self.focus_on(selector)
    }

    /// How often a hand acted so far: clicks, and keys that are not letters of a text.
    pub fn acts(&self) -> u32 {
        self.clicks.get() + self.presses.get() - self.letters.get()
    }

    /// How many keys were pressed so far, and how many of them were Tab.
    pub fn interactions(&self) -> (u32, u32) {
        (self.presses.get(), self.tabs.get())
    }

    /// Ctrl+L; the session ends with it.
    pub(super) fn press_lock(&self) {
        self.assert_keyboard_inside();
        self.send_last(&[CONTROL, 'l']);
    }

    /// The button in the header; the session ends with it.
    pub(super) fn press_lock_button(&self) {
        self.tab_to("#lock");
        self.send_last(&[Key::Enter.code()]);
    }

    /// Enter on something after which the window is another one; the session ends with it.
    pub(super) fn press_last(&self, selector: &str) {
        self.tab_to(selector);
        self.send_last(&[Key::Enter.code()]);
    }

    fn send_last(&self, chord: &[char]) {
        self.presses.set(self.presses.get() + 1);
        self.driver.borrow().as_ref().expect("a session").last_keys(chord);
    }

    #[track_caller]
    fn assert_keyboard_inside(&self) {
        let inside = self
            .run("return document.activeElement !== null && document.body.contains(document.activeElement)", json!([]));
        assert_eq!(inside, true, "the keyboard is in the page");
    }

    #[track_caller]
    fn send(&self, chords: &[Vec<char>]) {
        self.presses.set(self.presses.get() + chords.len() as u32);
        self.driver.borrow().as_ref().expect("a session").keys(chords);
    }
}

impl Focus<'_, '_> {
    /// Types into the field and waits until all of it stands there.
    #[track_caller]
    pub fn types(&self, text: &str) {
        self.assert();
        let before = self.window.value(":focus");
        self.window.letters.set(self.window.letters.get() + text.chars().count() as u32);
        self.window.send(&text.chars().map(|letter| vec![letter]).collect::<Vec<_>>());
        let wanted = format!("{before}{text}");
        until(&format!("“{wanted}” in {}", self.selector), || {
            (self.window.value(":focus") == wanted).then_some(())
        });
    }

    /// Chooses the option of a closed list that begins with this letter.
    #[track_caller]
    pub fn types_letter(&self, letter: char, value: &str) {
        self.assert();
        self.window.letters.set(self.window.letters.get() + 1);
        self.window.send(&[vec![letter]]);
        until(&format!("{value} in {}", self.selector), || (self.window.value(":focus") == value).then_some(()));
    }

    #[track_caller]
    pub fn press(&self, key: Key) {
        self.assert();
        self.window.send(&[vec![key.code()]]);
    }

    #[track_caller]
    fn assert(&self) {
        let here =
            self.window.run("return document.activeElement?.matches(arguments[0]) === true", json!([self.selector]));
        assert_eq!(here, true, "the keyboard is on {}", self.selector);
    }
}

/// Where the wanted element is from the keyboard, here, before it or after it, and whether what the keyboard is on can be [`SEEN`]: asked
/// at once, because this is asked more often than anything else.
const WAY: &str = "
    const active = document.activeElement;
    if (!active || active === document.body) return { way: 'outside' };
    const wanted = document.querySelector(arguments[0]);
    const before = () => active.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING;
    return { way: active.matches(arguments[0]) ? 'here' : before() ? 'before' : 'after', seen: seen(active) };
";

/// Whether an element, or a label of it, can be seen: it has a size and nothing lies over all of it.
const SEEN: &str = "
    const seen = (element) => {
        const shapes = [element, ...(element.labels ?? [])];
        return shapes.some((shape) => {
            const box = shape.getBoundingClientRect();
            const [left, right, top, bottom] = [box.left + 3, box.right - 3, box.top + 3, box.bottom - 3];
            const [x, y] = [(left + right) / 2, (top + bottom) / 2];
            return [[x, y], [left, y], [right, y], [x, top], [x, bottom]].some(([across, down]) => {
                const hit = document.elementFromPoint(across, down);
                return hit !== null && shapes.some((own) => own.contains(hit));
            });
        });
    };
";

/// Everything on the page that can be used, a group of radio buttons as one, where in it the keyboard is, and whether that can be [`SEEN`].
const STOPS: &str = "
    const stops = [];
    let here = null;
    const groups = new Map();
    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]')) {
        if (element.disabled || element.closest('[hidden]') || element.getClientRects().length === 0) continue;
        // What is folded away has a size in this engine.
        const folded = element.closest('details:not([open])');
        if (folded !== null && element !== folded.querySelector('summary')) continue;
        const group = element.type === 'radio' ? element.name : '';
        if (!groups.has(group) || group === '') {
            groups.set(group, stops.length);
            stops.push(group || element.id || element.outerHTML);
        }
        if (element === document.activeElement) here = group === '' ? stops.length - 1 : groups.get(group);
    }
    return { stops, here, seen: here !== null && seen(document.activeElement) };
";
