//! Letters: plain text to one mailbox, with an identifier that stays the same however often it is sent.

use std::error::Error as _;
use std::time::SystemTime;

use domain::delivery::Mailbox;
use domain::ids::DeliveryId;
use jiff::Timestamp;
use lettre::message::{Mailbox as Party, SinglePart};
use lettre::{Address, AsyncTransport as _, Message};

use crate::{NotDelivered, Post};

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its identifier, the same in every attempt: a mailbox that gets it twice can tell.
    pub id: DeliveryId,
    /// When it was written.
    pub at: Timestamp,
    /// To whom.
    pub to: Mailbox,
    /// What it is about, in one line.
    pub subject: String,
    /// What it says.
    pub text: String,
}

impl Post {
    /// Sends a letter; `Ok` once the mail server has taken it.
    pub async fn send(&self, letter: &Letter) -> Result<(), NotDelivered> {
        let (transport, from) = self.mail.as_ref().ok_or(NotDelivered::NoMailServer)?;
        let message = message(letter, from)?;
        transport.send(message).await.map(drop).map_err(|error| {
            let said = match error.status() {
                Some(code) => return NotDelivered::Declined(code.to_string()),
                None => error.source().map_or_else(|| error.to_string(), ToString::to_string),
            };
            NotDelivered::NotReached(said)
        })
    }
}

fn message(letter: &Letter, from: &Mailbox) -> Result<Message, NotDelivered> {
    let declined = |error: &dyn std::error::Error| NotDelivered::Declined(error.to_string());
    let party = |mailbox: &Mailbox| -> Result<Party, NotDelivered> {
        let address = mailbox.as_str().parse::<Address>().map_err(|error| declined(&error))?;
        Ok(Party::new(None, address))
    };
    let from = party(from)?;
    let id = format!("<{}@{}>", letter.id, from.email.domain());
    // A line end in a subject would begin another header.
    let subject: String = letter.subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Message::builder()
        .from(from)
        .to(party(&letter.to)?)
        .date(SystemTime::from(letter.at))
        .message_id(Some(id))
        .subject(subject)
        .singlepart(SinglePart::plain(letter.text.clone()))
        .map_err(|error| declined(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_the_same_bytes_whenever_it_is_sent_and_its_subject_is_one_line() {
        let mailbox = |text: &str| Mailbox::try_from(text.to_owned()).unwrap();
        let letter = Letter {
            id: "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
            at: "2024-01-25T01:00:00Z".parse().unwrap(),
            to: mailbox("office@m1.example.org"),
            subject: "催报\r\nBcc: thief@example.org".to_owned(),
            text: "请于 2月1日前报送。\r\n.\r\nQUIT".to_owned(),
        };
        let written =
            || String::from_utf8(message(&letter, &mailbox("huizong@example.org")).unwrap().formatted()).unwrap();
        let text = written();
        assert_eq!(text, written());
        assert!(text.contains("Message-ID: <01890a5d-ac96-774b-bcce-b302099a8057@example.org>\r\n"), "{text}");
        assert!(text.contains("Date: Thu, 25 Jan 2024 01:00:00 +0000\r\n"), "{text}");
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "{text}");
    }
}
