import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** A setting is wrong; the message names it and says what would be right. */
export class SettingError extends Error {}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** Settings whose values are told to nobody, wrong ones neither. */
const HOLDS_SECRET = /SECRET|DATABASE_URL|WEBHOOK_URL/;

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port from 1 to 65535')
  .transform(Number);

const schema = z.object({
  PORT: port.pipe(z.number().min(1).max(65_535)).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:[\]-]{1,255}$/, 'must be an address of this machine such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'must be an address such as postgres://user:password@127.0.0.1:5432/database')
    .optional(),
  TIDEMARK_DATA_DIR: z.string().default('.data'),
  TIDEMARK_SCHEMA: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,30}$/, 'must be 1 to 31 lower-case letters, digits and _')
    .default('tidemark'),
  TIDEMARK_WORKER: z.enum(['inline', 'off'], 'must be inline or off').default('inline'),
  TIDEMARK_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  TIDEMARK_SECRET_PREVIOUS: z.string().optional(),
  TIDEMARK_PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be scheme, host and port alone, such as https://tidemark.example')
    .transform((url) => new URL(url).origin)
    .optional(),
  TIDEMARK_ALLOW_HTTP: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
  TIDEMARK_WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://hooks.example/tidemark' })
    .optional(),
  TIDEMARK_WEBHOOK_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  TIDEMARK_WEBHOOK_ALLOW: z
    .string()
    .regex(/^[^,\s]+(,[^,\s]+)*$/, 'must be hosts with commas between them, such as hooks.internal,127.0.0.1:9000')
    .transform((text) => text.split(','))
    .default([]),
  TIDEMARK_CANDIDATES: z.string().optional(),
  TIDEMARK_SIGN_IN_DELAY_MS: z
    .string()
    .regex(/^\d{2,5}$/, 'must be milliseconds from 10 to 99999')
    .transform(Number)
    .default(2000),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
});

/** The settings of this process. `databaseUrl` undefined: the embedded server, with its data in `dataDir`. */
export type Env = {
  port: number;
  host: string;
  /** Where this process answers: `http://127.0.0.1:3000`. */
  address: string;
  databaseUrl: string | undefined;
  dataDir: string;
  schema: string;
  worker: 'inline' | 'off';
  /** Embedded, it is made where it is first asked for: who only looks leaves no file. */
  secret: string;
  /** The secret before it was changed: what was kept under it is kept under the new one from this start on. */
  previousSecret: string | undefined;
  /** Scheme, host and port by which people reach it; undefined: this machine alone. */
  publicUrl: string | undefined;
  /** The embedded database, on loopback, under no public address: nobody but this machine reaches it. */
  localOnly: boolean;
  /** Where alerts are told; `allowed` are the internal hosts that may be one. */
  webhook: { url: string; secret: string; allowed: string[] } | undefined;
  /** A module with versions of projections and deciders that are compared with those shipped. */
  candidates: string | undefined;
  /** The first delay after too many tries to sign in; each further one is twice as long. */
  signInDelayMs: number;
  logLevel: string;
};

/** Reads and checks the settings: the only reader of `process.env`. An empty value is none. */
export function readEnv(variables: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const [issue] = result.error.issues;
    const name = String(issue?.path[0]);
    const shown = HOLDS_SECRET.test(name) ? name : `${name}=${String(given[name])}`;
    throw new SettingError(`${shown} can't be used: it ${issue?.message}`);
  }
  const settings = result.data;
  checkReach(settings);
  if (settings.DATABASE_URL !== undefined && settings.TIDEMARK_SECRET === undefined) {
    throw new SettingError(
      'TIDEMARK_SECRET is missing: with DATABASE_URL give at least 32 characters, the same to every process',
    );
  }
  const dataDir = resolve(settings.TIDEMARK_DATA_DIR);
  const { TIDEMARK_PUBLIC_URL: publicUrl } = settings;
  const host = settings.HOST.replace(/^\[(.*)\]$/, '$1');
  return {
    port: settings.PORT,
    host,
    address: `http://${host.includes(':') ? `[${host}]` : host}:${settings.PORT}`,
    databaseUrl: settings.DATABASE_URL,
    dataDir,
    schema: settings.TIDEMARK_SCHEMA,
    worker: settings.TIDEMARK_WORKER,
    get secret() {
      return settings.TIDEMARK_SECRET ?? keptSecret(dataDir);
    },
    previousSecret: settings.TIDEMARK_SECRET_PREVIOUS,
    publicUrl,
    localOnly: settings.DATABASE_URL === undefined && LOOPBACK.test(settings.HOST) && publicUrl === undefined,
    webhook: webhookOf(settings),
    candidates: settings.TIDEMARK_CANDIDATES,
    signInDelayMs: settings.TIDEMARK_SIGN_IN_DELAY_MS,
    logLevel: settings.LOG_LEVEL,
  };
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\/.+/.test(text) && URL.canParse(text);
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).href === `${new URL(text).origin}/`;
}

/** Refuses what would let passwords and sessions cross a network in plain, or answer under no name at all. */
function checkReach({ HOST, TIDEMARK_PUBLIC_URL: url, TIDEMARK_ALLOW_HTTP: http }: z.output<typeof schema>): void {
  if (!LOOPBACK.test(HOST) && url === undefined) {
    throw new SettingError(
      `HOST=${HOST} can't be used alone: give the address by which people reach it, as TIDEMARK_PUBLIC_URL=https://tidemark.example, with a proxy before it that ends TLS`,
    );
  }
  if (url?.startsWith('http:') && !LOOPBACK.test(new URL(url).hostname) && http === 'no') {
    throw new SettingError(
      `TIDEMARK_PUBLIC_URL=${url} can't be used: passwords and sessions would cross the network in plain. Use https, or say TIDEMARK_ALLOW_HTTP=yes`,
    );
  }
}

function webhookOf(settings: z.output<typeof schema>): Env['webhook'] {
  const { TIDEMARK_WEBHOOK_URL: url, TIDEMARK_WEBHOOK_SECRET: secret, TIDEMARK_WEBHOOK_ALLOW: allowed } = settings;
  if (url === undefined) return undefined;
  if (secret === undefined) {
    throw new SettingError('TIDEMARK_WEBHOOK_SECRET is missing: with TIDEMARK_WEBHOOK_URL give at least 32 characters');
  }
  return { url, secret, allowed };
}

function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8').trim();
}
