//! Saved as its forms and terms, and checked as those of a table.

use super::Dictionary;
use super::form::{Form, checked};
use crate::Error;

impl serde::Serialize for Dictionary {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.entries.values().map(|entry| (&entry.form, &entry.term)))
    }
}

impl<'de> serde::Deserialize<'de> for Dictionary {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<(String, Option<String>)>::deserialize(deserializer)?;
        let fault = |fault| serde::de::Error::custom(Error::saved(fault));
        let mut dictionary = Self::new();
        for (form, term) in entries {
            let form = Form::read(&form).map_err(fault)?;
            if let Some(term) = &term {
                checked(term).map_err(fault)?;
            }
            dictionary.insert(form, term);
        }
        Ok(dictionary)
    }
}
