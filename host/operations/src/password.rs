//! Passwords: hashed with argon2id beside everything else, a few at a time, so that nobody who signs in holds the house up.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use domain::limits::{PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, PASSWORD_MEMORY_KIB, PASSWORD_PASSES};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// What is verified where there is no password, so that who asks learns nothing from the time that it takes.
const NOBODYS: &str = "nobody's password";

/// Notes what is wrong with a new password. It says nothing of the password.
pub(crate) fn examine_password(problems: &mut Problems, at: &str, password: &str, login: &str) {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        problems.add(at, "password-too-short", &[("limit", &PASSWORD_CHARS_MIN.to_string())]);
    } else if password.len() > PASSWORD_BYTES_MAX {
        problems.add(at, "too-long", &[("limit", &PASSWORD_BYTES_MAX.to_string())]);
    } else if !login.is_empty() && password.to_lowercase().contains(&login.to_lowercase()) {
        problems.add(at, "password-contains-login", &[]);
    }
}

impl Office {
    /// The hash of a password, with a salt of its own and the parameters in it.
    pub(crate) async fn hash_password(&self, password: &str) -> Result<String, OperationError> {
        let (password, drawn) = (password.to_owned(), self.randomness().draw()?);
        self.beside(move || hash(&password, &drawn[..16])).await
    }

    /// Whether a password is the one of a hash. Where there is no hash it takes as long and is never.
    pub(crate) async fn is_password(&self, password: &str, hashed: Option<&str>) -> Result<bool, OperationError> {
        if password.len() > PASSWORD_BYTES_MAX {
            return Ok(false);
        }
        let (password, hashed) = (password.to_owned(), hashed.map(str::to_owned));
        self.beside(move || match hashed {
            Some(hashed) => verify(&password, &hashed),
            None => hash(NOBODYS, &[0; 16]).and_then(|nobodys| verify(&password, &nobodys)).map(|_| false),
        })
        .await
    }

    /// Hashes on a thread that may be busy for a while.
    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
    ) -> Result<T, OperationError> {
        let _place = self.house.passwords.acquire().await.map_err(OperationError::host)?;
        let done = tokio::task::spawn_blocking(work).await.map_err(OperationError::host)?;
        done.map_err(OperationError::host)
    }
}

fn hasher() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let params = Params::new(PASSWORD_MEMORY_KIB, PASSWORD_PASSES, 1, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str, salt: &[u8]) -> Result<String, argon2::password_hash::Error> {
    let hashed: PasswordHash = hasher()?.hash_password_with_salt(password.as_bytes(), salt)?;
    Ok(hashed.to_string())
}

fn verify(password: &str, hashed: &str) -> Result<bool, argon2::password_hash::Error> {
    let hashed = PasswordHash::new(hashed)?;
    match hasher()?.verify_password(password.as_bytes(), &hashed) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_and_by_nothing_else() {
        let hashed = hash("correct horse battery", &[7; 16]).expect("a hash");
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(verify("correct horse battery", &hashed).expect("it is a hash"));
        assert!(!verify("correct horse batterz", &hashed).expect("it is a hash"));
        assert_ne!(hashed, hash("correct horse battery", &[8; 16]).expect("a hash"), "each has its own salt");
    }
}
