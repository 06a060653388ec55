//! What the macOS Keychain means by its numbers.

use super::StoreError;

/// The kind of a failure, by its `OSStatus` (`SecBase.h`, `MacErrors.h`).
pub(super) fn name(status: i32) -> StoreError {
    match status {
        // errSecItemNotFound
        -25300 => StoreError::NotStored,
        // errSecInteractionNotAllowed: it is locked, and nobody can be asked now.
        -25308 => StoreError::Locked,
        // errSecUserCanceled, errSecAuthFailed, errSecNoAccessForItem, errSecInvalidOwnerEdit, errSecReadOnly,
        // errSecMissingEntitlement, wrPermErr
        -128 | -25293 | -25243 | -25244 | -25292 | -34018 | -61 => StoreError::Denied,
        // errSecNotAvailable, errSecNoSuchKeychain, errSecNoDefaultKeychain
        -25291 | -25294 | -25307 => StoreError::NoService,
        // errSecInvalidKeychain and everything that says nothing a person could act on.
        _ => StoreError::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_of_the_keychain_has_its_meaning() {
        for (status, expected) in [
            (-128, StoreError::Denied),
            (-25293, StoreError::Denied),
            (-25308, StoreError::Locked),
            (-25300, StoreError::NotStored),
            (-25294, StoreError::NoService),
            (-25307, StoreError::NoService),
            (-25291, StoreError::NoService),
            (-25295, StoreError::Broken),
            (-25292, StoreError::Denied),
            (-34018, StoreError::Denied),
            (-67808, StoreError::Broken),
            (1, StoreError::Broken),
        ] {
            assert_eq!(name(status), expected, "{status}");
        }
    }
}
