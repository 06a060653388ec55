//! Whatever a person drops is a picture without metadata or refused.

use status_runtime::Picture;

/// Takes the bytes in as a picture, and cuts an avatar out of it.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(picture) = Picture::decode(bytes) else { return };
    let (width, height) = (picture.width(), picture.height());
    assert!(width > 0 && height > 0);
    let side = width.min(height);
    for encoded in [picture.preview(), picture.crop((width - side) / 2, (height - side) / 2, side)]
    {
        let encoded = encoded.expect("a square of the picture can be encoded");
        let drawn = image::load_from_memory(&encoded.bytes).expect("what is sent is a picture");
        assert!(drawn.width() > 0 && drawn.height() > 0);
        for trace in [&b"Exif"[..], b"http://ns.adobe.com/xap/", b"Photoshop 3.0"] {
            assert!(!encoded.bytes.windows(trace.len()).any(|window| window == trace));
        }
    }
    assert!(picture.crop(0, 0, side + 1).is_err() || width > side || height > side);
    assert!(picture.crop(u32::MAX, 0, 1).is_err());
}
