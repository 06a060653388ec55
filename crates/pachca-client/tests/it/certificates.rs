//! Certificates made for this run: an authority that the tests trust, and one key of a server it vouches for, or not.

use std::{fs, path::PathBuf, sync::LazyLock};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

static AUTHORITY: LazyLock<CertifiedIssuer<'static, KeyPair>> = LazyLock::new(|| {
    let mut about = named("authority", &[], 2100);
    about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    about.key_usages.push(KeyUsagePurpose::KeyCertSign);
    CertifiedIssuer::self_signed(about, KeyPair::generate().unwrap()).unwrap()
});

static SERVER: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate().unwrap());

/// What a server may show.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shown {
    /// Valid now, for `127.0.0.1` and `pachca.test`, by the authority.
    Good,
    /// The same, until 2021.
    Expired,
    /// For somebody else's name.
    WrongHost,
    /// Vouched for by nobody.
    SelfSigned,
}

/// Whom the tests trust, as a file of the system's kind; one for the process.
pub(crate) fn authority() -> PathBuf {
    static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
        let name = format!("authority-{}.pem", std::process::id());
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&file, AUTHORITY.pem()).unwrap();
        file
    });
    FILE.clone()
}

/// The server's certificate and its key.
pub(crate) fn certificate(shown: Shown) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let ours = ["127.0.0.1", "pachca.test"];
    let about = match shown {
        Shown::Good | Shown::SelfSigned => named("server", &ours, 2100),
        Shown::Expired => named("server", &ours, 2021),
        Shown::WrongHost => named("server", &["somebody.else.test"], 2100),
    };
    let certificate = match shown {
        Shown::SelfSigned => about.self_signed(&*SERVER),
        _ => about.signed_by(&*SERVER, &AUTHORITY),
    };
    let key = PrivatePkcs8KeyDer::from(SERVER.serialize_der());
    (certificate.unwrap().der().clone(), key.into())
}

/// Valid from 2020 to the beginning of `until`.
fn named(name: &str, hosts: &[&str], until: i32) -> CertificateParams {
    let hosts = hosts.iter().map(|host| (*host).to_owned()).collect::<Vec<_>>();
    let mut about = CertificateParams::new(hosts).unwrap();
    about.distinguished_name.push(DnType::CommonName, name);
    about.not_before = date_time_ymd(2020, 1, 1);
    about.not_after = date_time_ymd(until, 1, 1);
    about
}
