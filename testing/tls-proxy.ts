import net, { type AddressInfo, type Socket } from 'node:net';
import tls from 'node:tls';

/** Self-signed for `localhost`, made for these tests, good for nothing else. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIURcNSrs1PwZnBHJ2CMnFU3VB8SHgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNzE0NTkwMloYDzIxMjYxMTAz
MTQ1OTAyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATlSsnas+lDOvC0yUQJ61f4uOwDSkRZChyUVE2eBuPVjC336exhEC5/
gIfpd5hBDtepSHX9KLQU4x1empTBvpmio1MwUTAdBgNVHQ4EFgQUX0Y236Z/wMT8
CEMqvLAjpTNkz0cwHwYDVR0jBBgwFoAUX0Y236Z/wMT8CEMqvLAjpTNkz0cwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA6LaMBf/m8+WX2bIRrZoy
x4+TlNjgKzJlaK/F+lf0aHQCIQCFvnmjzCRQ8TwaRxaCwdUZjgdop+VRIEjtz5I/
Iq15bA==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4qnUIkjQjKtVn+6q
bzXPFURViOW2+ChegffgOj5XgI6hRANCAATlSsnas+lDOvC0yUQJ61f4uOwDSkRZ
ChyUVE2eBuPVjC336exhEC5/gIfpd5hBDtepSHX9KLQU4x1empTBvpmi
-----END PRIVATE KEY-----`;

const SSL_REQUEST_BYTES = 8;

/** In front of a Postgres: takes encrypted connections as a server does, and passes on what they say. */
export async function createTlsProxy(databaseUrl: string): Promise<{ url: string; close(): Promise<void> }> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = net.createServer((client) => {
    sockets.add(client);
    client.on('error', () => {});
    client.once('data', (request: Buffer) => {
      if (request.length !== SSL_REQUEST_BYTES) {
        client.destroy();
        return;
      }
      client.write('S');
      const encrypted = new tls.TLSSocket(client, { isServer: true, cert: CERTIFICATE, key: KEY });
      const upstream = net.connect(Number(target.port), target.hostname);
      sockets.add(upstream);
      for (const socket of [encrypted, upstream]) socket.on('error', () => client.destroy());
      encrypted.pipe(upstream).pipe(encrypted);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
