//! A server on this computer that programs can be told to trust.

use std::{fs, sync::Arc};

use anyhow::Result;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, KeyUsagePurpose};
use rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer};
use tempfile::NamedTempFile;

/// Somebody whom programs trust by `SSL_CERT_FILE`, and what they vouch for: `127.0.0.1`.
#[derive(Debug)]
pub struct Vouched {
    /// Who vouches, as a file of the system's kind.
    pub authority: NamedTempFile,
    /// The server's certificate and its key.
    pub config: Arc<ServerConfig>,
}

impl Vouched {
    /// Made for this one time.
    ///
    /// # Errors
    /// No key can be made, or the file cannot be written.
    pub fn new() -> Result<Self> {
        let mut about = CertificateParams::new(Vec::new())?;
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        about.key_usages.push(KeyUsagePurpose::KeyCertSign);
        let issuer = CertifiedIssuer::self_signed(about, KeyPair::generate()?)?;
        let own = KeyPair::generate()?;
        let certificate =
            CertificateParams::new(vec!["127.0.0.1".to_owned()])?.signed_by(&own, &issuer)?;
        let authority = NamedTempFile::new()?;
        fs::write(&authority, issuer.pem())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(own.serialize_der()).into(),
            )?;
        Ok(Self { authority, config: Arc::new(config) })
    }
}
