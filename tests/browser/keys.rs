//! A keyboard: keys as hands strike them, and text as Vietnamese input methods make it.

use anyhow::Result;
use serde_json::{Value, json};

use crate::chrome::Chrome;

/// What Windows calls a key that brings its letter along, as Unikey sends them.
const PACKET: u32 = 231;
/// What browsers call a key that an input method has taken.
const TAKEN: u32 = 229;

/// A key as the browser is told of it.
struct Key {
    /// What it means: `c`, `Tab`.
    name: String,
    /// Where it lies: `KeyC`.
    code: String,
    number: u32,
    /// What it writes.
    text: Option<String>,
    /// Ctrl is 2, Shift is 8.
    held: u32,
}

impl Key {
    /// Reads `c`, `Tab`, `Ctrl+Enter`, `?`.
    fn named(name: &str) -> Self {
        if let Some(rest) = name.strip_prefix("Ctrl+") {
            return Self { held: 2, text: None, ..Self::named(rest) };
        }
        if let Some(rest) = name.strip_prefix("Shift+") {
            return Self { held: 8, ..Self::named(rest) };
        }
        let key = |code: &str, number, text: Option<&str>, held| Self {
            name: name.to_owned(),
            code: code.to_owned(),
            number,
            text: text.map(str::to_owned),
            held,
        };
        match name {
            "Tab" => key("Tab", 9, None, 0),
            "Enter" => key("Enter", 13, Some("\r"), 0),
            "Escape" => key("Escape", 27, None, 0),
            "Backspace" => key("Backspace", 8, None, 0),
            "ArrowDown" => key("ArrowDown", 40, None, 0),
            "/" => key("Slash", 191, Some("/"), 0),
            "?" => key("Slash", 191, Some("?"), 8),
            letter => {
                let capital = letter.to_ascii_uppercase();
                let number = capital.chars().next().map_or(0, u32::from);
                key(&format!("Key{capital}"), number, Some(letter), 0)
            }
        }
    }

    fn event(&self, kind: &str) -> Value {
        let Self { name, code, number, held, .. } = self;
        json!({ "type": kind, "key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": held })
    }
}

impl Chrome {
    /// Strikes keys wherever the page has its focus, one after the other.
    pub(crate) async fn strike(&self, names: &[&str]) -> Result<()> {
        for name in names {
            let key = Key::named(name);
            let mut down = key.event(if key.text.is_some() { "keyDown" } else { "rawKeyDown" });
            if let Some(text) = &key.text {
                down["text"] = json!(text);
            }
            self.devtools("Input.dispatchKeyEvent", down).await?;
            self.devtools("Input.dispatchKeyEvent", key.event("keyUp")).await?;
        }
        Ok(())
    }

    /// Strikes a key that leads to another page, and tells which.
    pub(crate) async fn strike_to_another_page(&self, name: &str) -> Result<String> {
        let before = self.place().await?;
        self.strike(&[name]).await?;
        self.another_page(&before).await
    }

    /// Types text where the focus is, each letter with the event of a key, as Unikey sends those that have marks.
    pub(crate) async fn type_text(&self, text: &str) -> Result<()> {
        for letter in text.chars() {
            self.packet(letter).await?;
        }
        Ok(())
    }

    /// Types as Unikey does with Telex: what was typed is taken back by Backspace and typed anew with its mark.
    pub(crate) async fn type_by_unikey(&self, bursts: &[(usize, &str)]) -> Result<()> {
        for (back, text) in bursts {
            for _ in 0..*back {
                self.strike(&["Backspace"]).await?;
            }
            self.type_text(text).await?;
        }
        Ok(())
    }

    /// Types as IBus does: each key is taken (number 229) while a word is composed, and the word is put in whole.
    pub(crate) async fn type_by_ibus(&self, keys: &[&str], word: &str) -> Result<()> {
        for (at, key) in keys.iter().enumerate() {
            self.strike_taken(&[*key]).await?;
            let shown: String = word.chars().take(at + 1).collect();
            let length = shown.encode_utf16().count();
            let composed = json!({ "text": shown, "selectionStart": length, "selectionEnd": length });
            self.devtools("Input.imeSetComposition", composed).await?;
        }
        self.devtools("Input.insertText", json!({ "text": word })).await.map(drop)
    }

    /// Strikes keys that an input method takes before the page sees what they are.
    pub(crate) async fn strike_taken(&self, names: &[&str]) -> Result<()> {
        for name in names {
            let key = Key { name: "Process".to_owned(), number: TAKEN, ..Key::named(name) };
            self.devtools("Input.dispatchKeyEvent", key.event("rawKeyDown")).await?;
            self.devtools("Input.dispatchKeyEvent", key.event("keyUp")).await?;
        }
        Ok(())
    }

    /// One letter that comes along with its key.
    async fn packet(&self, letter: char) -> Result<()> {
        let key = Key { name: letter.to_string(), code: String::new(), number: PACKET, text: None, held: 0 };
        let mut down = key.event("keyDown");
        down["text"] = json!(letter);
        self.devtools("Input.dispatchKeyEvent", down).await?;
        self.devtools("Input.dispatchKeyEvent", key.event("keyUp")).await.map(drop)
    }
}
