//! What the accessibility bus says of the open page, or of a dialog of the system: the tree that a screen reader is given, read as a screen
//! reader would. How it is written down belongs to `tree_lines`.

use std::collections::HashMap;
use std::num::NonZeroU32;

use serde::Deserialize;
use zbus::blocking::{Connection, MessageIterator, connection};
use zbus::message::{Message, Type};
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type as Signed};

use super::open::Window;
use super::world::World;

/// One thing on the page as a screen reader is told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// A number of [`super::tree_lines::ROLES`].
    pub role: u32,
    pub name: String,
    pub description: String,
    /// Bit n is the n-th state. Source: AT-SPI 2.46, `AtspiStateType`.
    pub states: u64,
    pub attributes: HashMap<String, String>,
    /// What can be done with it, empty for nothing.
    pub action: String,
    /// Its own words, each thing inside as one mark; empty where it has none.
    pub text: String,
    pub children: Vec<Node>,
}

type Place = (String, OwnedObjectPath);

const REGISTRY: (&str, &str) = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root");
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const ACTION: &str = "org.a11y.atspi.Action";
const TEXT: &str = "org.a11y.atspi.Text";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const BUS: (&str, &str) = ("org.freedesktop.DBus", "/org/freedesktop/DBus");
const DOCUMENT: u32 = 95;
/// Text, entry.
const FIELDS: [u32; 2] = [61, 79];
const FOCUSED: u32 = 12;
/// From the window to its page there are only a box and a socket.
const DEEPEST_SOCKET: usize = 8;
/// Questions that are under way at the same time; the queue of answers holds more.
const AT_ONCE: usize = 48;

impl Window<'_> {
    /// The page as the accessibility bus has it now; None while it changes, or while no page is there.
    pub fn tree(&self) -> Option<Node> {
        Reader::of(self.world).page(self.id())
    }
}

impl World {
    /// What stands in the field where the keyboard is, in the window with this title; None while it is in no field there.
    pub fn focused_field(&self, title: &str) -> Option<String> {
        let window = Reader::of(self).window(title)?;
        window.field().map(|field| field.text.clone())
    }
}

impl Node {
    /// The field with the keyboard, here or below.
    fn field(&self) -> Option<&Self> {
        let here = FIELDS.contains(&self.role) && self.states >> FOCUSED & 1 == 1;
        if here { Some(self) } else { self.children.iter().find_map(Self::field) }
    }
}

struct Reader {
    bus: Connection,
    answers: MessageIterator,
}

/// The questions that are asked of each thing, in the order in which `node` reads their answers.
const QUESTIONS: usize = 8;

impl Reader {
    fn of(world: &World) -> Self {
        let address = world.accessibility_bus();
        let bus = connection::Builder::address(address.as_str()).unwrap().build().unwrap();
        Self { answers: MessageIterator::from(&bus), bus }
    }

    fn applications(&mut self) -> Option<Vec<Place>> {
        self.children(&(REGISTRY.0.to_owned(), REGISTRY.1.try_into().ok()?))
    }

    fn window(mut self, title: &str) -> Option<Node> {
        for application in self.applications()? {
            for window in self.children(&application).unwrap_or_default() {
                let [_, name, ..] = Self::questions(&window);
                let said = self.ask(vec![name]).pop().flatten().and_then(|answer| read::<OwnedValue>(&answer));
                if said.and_then(|name| String::try_from(name).ok()).as_deref() == Some(title) {
                    return self.below(&window);
                }
            }
        }
        None
    }

    fn page(mut self, process: u32) -> Option<Node> {
        let application = self.applications()?.into_iter().find(|(bus, _)| {
            let owner = Self::question((BUS.0, BUS.1), BUS.0, "GetConnectionUnixProcessID", &bus.as_str());
            self.ask(vec![owner]).pop().flatten().and_then(|answer| read::<u32>(&answer)) == Some(process)
        })?;
        let mut place = self.children(&application)?.into_iter().next()?;
        for _ in 0..DEEPEST_SOCKET {
            place = self.children(&place)?.into_iter().next()?;
            let found = self.below(&place)?;
            if found.role == DOCUMENT || found.children.iter().any(|child| child.role == DOCUMENT) {
                return Some(found);
            }
        }
        None
    }

    /// The things inside. The socket that holds the page names what is plugged in only when it is asked for the first.
    fn children(&mut self, (bus, path): &Place) -> Option<Vec<Place>> {
        let at = (bus.as_str(), path.as_str());
        let asked = vec![
            Self::question(at, ACCESSIBLE, "GetChildren", &()),
            Self::question(at, ACCESSIBLE, "GetChildAtIndex", &0_i32),
        ];
        let answers = self.ask(asked);
        let all: Vec<Place> = read(answers[0].as_ref()?)?;
        let first = || answers[1].as_ref().and_then(read::<Place>).filter(|(_, path)| !path.ends_with("/null"));
        Some(if all.is_empty() { first().into_iter().collect() } else { all })
    }

    /// Everything below and with this place, one generation after the other; None when something of it went meanwhile.
    fn below(&mut self, top: &Place) -> Option<Node> {
        let mut nodes: Vec<(Node, Option<usize>)> = Vec::new();
        let mut generation = vec![(top.clone(), None)];
        while !generation.is_empty() {
            let asked = generation.iter().flat_map(|(place, _)| Self::questions(place)).collect();
            let answers = self.ask(asked);
            let mut next = Vec::new();
            for ((_, parent), answers) in generation.iter().zip(answers.chunks(QUESTIONS)) {
                let (node, children) = node(answers)?;
                let here = nodes.len();
                nodes.push((node, *parent));
                next.extend(children.into_iter().map(|child| (child, Some(here))));
            }
            generation = next;
        }
        // From the last generation up, each finds the one before it still there.
        while let Some((mut node, parent)) = nodes.pop() {
            node.children.reverse();
            match parent {
                Some(parent) => nodes[parent].0.children.push(node),
                None => return Some(node),
            }
        }
        None
    }

    fn questions((bus, path): &Place) -> [Message; QUESTIONS] {
        let at = (bus.as_str(), path.as_str());
        [
            Self::question(at, ACCESSIBLE, "GetRole", &()),
            Self::question(at, PROPERTIES, "Get", &(ACCESSIBLE, "Name")),
            Self::question(at, PROPERTIES, "Get", &(ACCESSIBLE, "Description")),
            Self::question(at, ACCESSIBLE, "GetState", &()),
            Self::question(at, ACCESSIBLE, "GetAttributes", &()),
            Self::question(at, ACTION, "GetName", &0_i32),
            Self::question(at, TEXT, "GetText", &(0_i32, -1_i32)),
            Self::question(at, ACCESSIBLE, "GetChildren", &()),
        ]
    }

    fn question<B: serde::Serialize + DynamicType>(
        (bus, path): (&str, &str),
        interface: &str,
        member: &str,
        body: &B,
    ) -> Message {
        let call = Message::method_call(path, member).unwrap().destination(bus).unwrap();
        call.interface(interface).unwrap().build(body).unwrap()
    }

    /// The answers in the order of the questions; None for one that was refused.
    fn ask(&mut self, questions: Vec<Message>) -> Vec<Option<Message>> {
        let mut answered: HashMap<NonZeroU32, Message> = HashMap::new();
        let serials: Vec<NonZeroU32> = questions.iter().map(|one| one.primary_header().serial_num()).collect();
        for some in questions.chunks(AT_ONCE) {
            for question in some {
                self.bus.send(question).unwrap();
            }
            let mut open = some.len();
            while open > 0 {
                let answer = self.answers.next().expect("the bus stays").expect("an answer that can be read");
                let Some(serial) = answer.header().reply_serial() else { continue };
                if serials.contains(&serial) && answered.insert(serial, answer).is_none() {
                    open -= 1;
                }
            }
        }
        let good = |answer: &Message| answer.message_type() == Type::MethodReturn;
        serials.iter().map(|serial| answered.remove(serial).filter(good)).collect()
    }
}

/// One thing and where the things inside it are.
fn node(answers: &[Option<Message>]) -> Option<(Node, Vec<Place>)> {
    let [role, name, description, states, attributes, action, text, children] = answers else { return None };
    let said = |answer: &Option<Message>| {
        answer.as_ref().and_then(read::<OwnedValue>).and_then(|value| String::try_from(value).ok())
    };
    let words = |answer: &Option<Message>| answer.as_ref().and_then(read::<String>).unwrap_or_default();
    let states: Vec<u32> = read(states.as_ref()?)?;
    let node = Node {
        role: read(role.as_ref()?)?,
        name: said(name)?,
        description: said(description)?,
        states: states.iter().rev().fold(0, |all, word| all << 32 | u64::from(*word)),
        attributes: attributes.as_ref().and_then(read).unwrap_or_default(),
        action: words(action),
        text: words(text),
        children: Vec::new(),
    };
    Some((node, read(children.as_ref()?)?))
}

fn read<T: for<'d> Deserialize<'d> + Signed>(answer: &Message) -> Option<T> {
    answer.body().deserialize().ok()
}
