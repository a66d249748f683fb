import type { Server } from 'node:http';

/**
 * Takes no new connection, lets requests under way be answered, and cuts what is left after `graceMs`. Event streams
 * end before it, by the shutdown signal.
 */
export async function drain(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
