import { createHmac, timingSafeEqual } from 'node:crypto';

/** `t=<seconds>,v1=<HMAC-SHA256 of "t.body", hex>`: the time is in what is signed, so that an old call can't be replayed. */
export function sign(body: string, secret: string, atSeconds: number): string {
  return `t=${atSeconds},v1=${hmac(`${atSeconds}.${body}`, secret)}`;
}

/** Whether a signature is right and not older than `ageSecondsMax`; what a receiver does. */
export function verify(
  body: string,
  signature: string,
  { secret, nowSeconds, ageSecondsMax = 300 }: { secret: string; nowSeconds: number; ageSecondsMax?: number },
): boolean {
  const parts = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature);
  const [, time = '', given = ''] = parts ?? [];
  if (parts === null || Math.abs(nowSeconds - Number(time)) > ageSecondsMax) return false;
  return timingSafeEqual(Buffer.from(hmac(`${time}.${body}`, secret)), Buffer.from(given));
}

function hmac(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
