//! JSON read as strictly as two readers need to see the same in it: every object has each member once, and nothing stands too deep. What
//! a text costs to read grows with its length alone, whatever it says.

use std::cell::{Cell, RefCell};
use std::fmt;

use domain::checklist::PackFault;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::checklist::ChecklistFault;

/// How many objects and lists may stand inside each other; a checklist needs ten.
const DEEPEST: usize = 20;

/// The longest name that a member may have, bytes; those of FHIR are a tenth of it.
const LONGEST_NAME: usize = 256;

/// Reads a text that is one JSON value of at most `most` values at every depth. The place of a fault is a path such as `item[1].text`, or line and column where it is no JSON.
pub(crate) fn strict_json(text: &str, most: usize) -> Result<Value, ChecklistFault> {
    let reading = Reading { left: Cell::new(most), fault: RefCell::new(None) };
    let mut reader = serde_json::Deserializer::from_str(text);
    let top = Place { depth: 0, above: None, reading: &reading };
    let read = top.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| {
        let at = || format!("line {}, column {}", error.line(), error.column());
        reading.fault.take().unwrap_or_else(|| ChecklistFault::new(PackFault::NotJson, at()))
    })
}

/// What is known of a whole reading.
struct Reading {
    /// How many values may still come.
    left: Cell<usize>,
    /// What it stopped at.
    fault: RefCell<Option<ChecklistFault>>,
}

/// Where the reading is; its path is put together only where it stops.
struct Place<'a> {
    depth: usize,
    /// The value that this one stands in, and where in it.
    above: Option<(&'a Place<'a>, Step<'a>)>,
    reading: &'a Reading,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Member(&'a str),
    Element(usize),
}

impl<'a> Place<'a> {
    fn within(&'a self, step: Step<'a>) -> Place<'a> {
        Place { depth: self.depth + 1, above: Some((self, step)), reading: self.reading }
    }

    fn path(&self) -> String {
        let Some((above, step)) = self.above else { return String::new() };
        let path = above.path();
        match step {
            Step::Member(name) if path.is_empty() => name.to_owned(),
            Step::Member(name) => format!("{path}.{name}"),
            Step::Element(index) => format!("{path}[{index}]"),
        }
    }

    fn stop<E: Error>(&self, fault: PackFault) -> E {
        self.reading.fault.replace(Some(ChecklistFault::new(fault, self.path())));
        E::custom(fault.code())
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        if self.depth > DEEPEST {
            return Err(self.stop(PackFault::TooDeep));
        }
        match self.reading.left.get().checked_sub(1) {
            Some(left) => self.reading.left.set(left),
            None => return Err(self.stop(PackFault::TooManyItems)),
        }
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self.within(Step::Element(values.len())))? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if name.len() > LONGEST_NAME {
                return Err(self.stop(PackFault::TextTooLong));
            }
            let place = self.within(Step::Member(&name));
            if object.contains_key(&name) {
                return Err(place.stop(PackFault::MemberTwice));
            }
            let value = members.next_value_seed(place)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (PackFault, String) {
        let fault = strict_json(text, 100).unwrap_err();
        (fault.fault, fault.place)
    }

    #[test]
    fn what_serde_json_reads_is_read_alike() {
        for text in [r#"{"a":[1,-2,2.5,true,null,"x\u00e9"],"b":{}}"#, "[]", " 7 ", r#""x""#] {
            assert_eq!(strict_json(text, 100).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
    }

    #[test]
    fn a_member_twice_is_named_wherever_it_stands() {
        assert_eq!(refused(r#"{"a":1,"a":1}"#), (PackFault::MemberTwice, "a".to_owned()));
        assert_eq!(refused(r#"{"a":[{},{"b":{"c":1,"c":2}}]}"#), (PackFault::MemberTwice, "a[1].b.c".to_owned()));
    }

    #[test]
    fn depth_is_bounded_before_anything_overflows() {
        let nested = |deep: usize| format!("{}{}", "[".repeat(deep), "]".repeat(deep));
        assert!(strict_json(&nested(DEEPEST), 100).is_ok());
        let (fault, place) = refused(&nested(100_000));
        assert_eq!((fault, place), (PackFault::TooDeep, "[0]".repeat(DEEPEST + 1)));
    }

    #[test]
    fn values_are_counted_while_they_are_read() {
        let five = r#"{"a":[1,2],"b":"c"}"#;
        assert!(strict_json(five, 5).is_ok());
        let fault = strict_json(five, 4).unwrap_err();
        assert_eq!(fault.fault, PackFault::TooManyItems);
        // Nothing behind the first that is too many is read at all.
        let endless = format!("[{}", "0,".repeat(500_000));
        assert_eq!(refused(&endless), (PackFault::TooManyItems, "[99]".to_owned()));
    }

    #[test]
    fn a_long_name_is_refused_and_is_in_no_place() {
        let named = |name: &str| format!(r#"{{"a":[{{"{name}":[0,0,0]}}]}}"#);
        assert!(strict_json(&named(&"n".repeat(LONGEST_NAME)), 100).is_ok());
        let long = named(&"n".repeat(LONGEST_NAME + 1));
        assert_eq!(refused(&long), (PackFault::TextTooLong, "a[0]".to_owned()));
        let twice = format!(r#"{{"{0}":[0,{{"b":0,"b":0}}]}}"#, "n".repeat(LONGEST_NAME));
        assert_eq!(refused(&twice), (PackFault::MemberTwice, format!("{}[1].b", "n".repeat(LONGEST_NAME))));
    }

    #[test]
    fn what_is_no_json_is_named_by_line_and_column() {
        for (text, place) in [("{", "line 1, column 1"), ("{}\n{}", "line 2, column 1"), ("", "line 1, column 0")] {
            assert_eq!(refused(text), (PackFault::NotJson, place.to_owned()), "{text}");
        }
    }
}
