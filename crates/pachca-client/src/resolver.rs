//! Looking names up in another way than the system does.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Finds the addresses of a host name. May take as long as it likes: a look-up counts as part of connecting.
pub type Resolver = Arc<dyn Fn(String) -> Lookup + Send + Sync>;

/// A look-up on its way.
pub type Lookup = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// A resolver in the form the HTTP client wants.
pub(crate) struct Names(pub(crate) Resolver);

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = (self.0)(name.as_str().to_owned());
        Box::pin(async move {
            // Port 0 stands for the one of the address that is asked.
            let found = lookup.await?.into_iter().map(|ip| SocketAddr::new(ip, 0));
            Ok(Box::new(found) as Addrs)
        })
    }
}
