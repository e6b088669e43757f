//! Certificates: what is not trusted gets nothing, and there is no switch for it; an authority of one's own can be named.

use crate::server::{Act, Server};
use crate::world::{alone, call, kind, of_kind};
use bindery_runtime::client::Builder;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "An authority of our own");
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn params(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap()
}

fn acceptor(certificate: CertificateDer<'static>, key: &KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    TlsAcceptor::from(Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap()))
}

/// A server with a certificate that an authority signed; without one, that it signed itself.
async fn serve(authority: Option<&Authority>, params: CertificateParams, script: Vec<Act>) -> Server {
    let key = KeyPair::generate().unwrap();
    let certificate = match authority {
        Some(authority) => params.signed_by(&key, authority).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    Server::new(move |_, _| script.clone(), Some(acceptor(certificate.der().clone(), &key))).await
}

fn client(port: u16) -> Builder {
    alone(&format!("https://127.0.0.1:{port}"))
}

#[tokio::test]
async fn what_is_not_trusted_gets_nothing() {
    let (ours, others) = (authority(), authority());
    let good = || params(&["127.0.0.1"]);
    let mut expired = good();
    expired.not_after = date_time_ymd(2024, 1, 1);
    let mut early = good();
    early.not_before = date_time_ymd(2300, 1, 1);
    let mut early = early.clone();
    early.not_after = date_time_ymd(2301, 1, 1);
    for (what, authority, params) in [
        ("self-signed", None, good()),
        ("signed by somebody else", Some(&others), good()),
        ("another host", Some(&ours), params(&["another.example.com"])),
        ("another address", Some(&ours), params(&["127.0.0.2"])),
        ("expired", Some(&ours), expired),
        ("not yet valid", Some(&ours), early),
    ] {
        let server = serve(authority, params, vec![Act::good()]).await;
        let client = client(server.port).trust(ours.pem()).build().unwrap();
        for name in ["read", "spend"] {
            let error = call(&client, of_kind(name)).await.unwrap_err();
            // Nothing was sent, nothing is sent again, and nothing may have been applied.
            assert_eq!(kind(&error), "transport tls", "{what}: {error}");
            assert!(error.to_string().contains("certificate"), "{what}: {error}");
        }
        assert_eq!((server.count(), server.connections()), (0, 2), "{what}");
    }
}

#[tokio::test]
async fn an_authority_of_ones_own() {
    let ours = authority();
    let server = serve(Some(&ours), params(&["127.0.0.1", "localhost"]), vec![Act::good()]).await;
    for host in ["127.0.0.1", "localhost"] {
        let client = alone(&format!("https://{host}:{}", server.port)).trust(ours.pem()).build().unwrap();
        call(&client, of_kind("spend")).await.unwrap();
    }
    let without = client(server.port).build().unwrap();
    assert_eq!(kind(&call(&without, of_kind("read")).await.unwrap_err()), "transport tls");
    for pem in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ] {
        let error = client(server.port).trust(pem).build().unwrap_err().to_string();
        assert!(error.contains("certificate"), "{error}");
    }
}

/// From an encrypted connection to one that is not, on the same host.
#[tokio::test]
async fn a_redirect_to_where_nothing_is_encrypted() {
    let ours = authority();
    let other = Server::playing(vec![vec![Act::good()]]).await;
    let script = vec![Act::answer(307, &format!("Location: {}/\r\n", other.url()), "")];
    let server = serve(Some(&ours), params(&["127.0.0.1"]), script).await;
    let client = client(server.port).trust(ours.pem()).build().unwrap();
    assert_eq!(kind(&call(&client, of_kind("read")).await.unwrap_err()), "service 307 HTTP307");
    assert_eq!((server.count(), other.connections()), (1, 0));
}

/// Versions that are no more: the server insists on TLS 1.1, or speaks no TLS at all.
#[tokio::test]
async fn old_versions_and_none() {
    let hello: &[u8] = &[
        22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0, 47, 0,
    ];
    for first in [hello, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let first = first.to_vec();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked).await;
                let _ = stream.write_all(&first).await;
                let _ = stream.read(&mut asked).await;
            }
        });
        let client = client(port).build().unwrap();
        for name in ["read", "spend"] {
            let error = call(&client, of_kind(name)).await.unwrap_err();
            assert_eq!(kind(&error), "transport tls", "{error}");
        }
    }
}
