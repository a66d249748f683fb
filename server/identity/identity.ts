import type { Authenticate, Caller, Permission, RequestHeaders, Role } from '#server/kernel/caller.ts';
import type { JsonObject } from '#server/kernel/json.ts';

/** An open session, as its owner sees it. Times are ISO 8601. */
export type Session = {
  sessionId: string;
  /** The one that asks. */
  current: boolean;
  address: string;
  client: string;
  secondFactor: string | null;
  openedAt: string;
  lastSeenAt: string;
  expiresAt: string;
};

export type Operator = {
  operatorId: string;
  email: string;
  name: string;
  role: Role;
  secondFactors: string[];
  openSessions: number;
  /** When the last session was opened; null where none ever was. */
  lastSignInAt: string | null;
  disabledAt: string | null;
  createdAt: string;
};

export type ApiKey = {
  keyId: string;
  name: string;
  /** The beginning of the key, by which people tell keys apart. */
  prefix: string;
  role: Role;
  /** Null: all that the role may. */
  permissions: Permission[] | null;
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
};

export type Passkey = { passkeyId: string; name: string; createdAt: string | null };

/** What somebody sees of their own account. */
export type Account = {
  kind: Caller['kind'];
  /** Names the stream `operator-<id>`; null where the caller is no operator. */
  operatorId: string | null;
  name: string;
  role: Role;
  permissions: readonly Permission[];
  secondFactors: string[];
  recoveryCodesLeft: number;
  passkeys: Passkey[];
  /** A second factor is required and was put off, which the embedded default alone allows. */
  secondFactorPutOff: boolean;
  /** A second factor is required, there is none, and it may be put off. */
  mayPutOff: boolean;
  /** Nothing but setting up a second factor is possible. */
  mustEnrol: boolean;
};

/** Something that happened to one's own account; `data` as the event has it. */
export type AccountEvent = { streamVersion: number; eventType: string; at: string; data: JsonObject };

/** A request to sign in or about one's own account, with what the front found out about it. */
export type AuthRequest = {
  method: string;
  /** Below /api/auth. */
  path: string;
  headers: RequestHeaders;
  body: unknown;
  address: string;
};

/** `cookies` are whole `Set-Cookie` values. */
export type AuthAnswer = { body: unknown; cookies?: string[] };

/** Who may come in. */
export type Identity = {
  authenticate: Authenticate;
  /** Answers the addresses under /api/auth; rejects with kernel errors. */
  answer(request: AuthRequest): Promise<AuthAnswer>;
  account(caller: Caller): Promise<Account>;
  /** The newest events of one's own stream, the last first; none for a key. */
  accountHistory(caller: Caller, limit: number): Promise<AccountEvent[]>;
  sessions: {
    list(caller: Caller): Promise<Session[]>;
    end(caller: Caller, sessionId: string): Promise<void>;
    /** Ends all but the one that asks; resolves with how many. */
    endOthers(caller: Caller): Promise<number>;
  };
  operators: {
    list(): Promise<Operator[]>;
    /** A link by which one person makes an account, once, within a day. */
    invite(by: Caller, invitation: { email: string; role: Role }): Promise<{ link: string; expiresAt: string }>;
    setRole(by: Caller, change: { operatorId: string; role: Role; reason: string }): Promise<void>;
    disable(by: Caller, change: { operatorId: string; reason: string }): Promise<void>;
    /** Ends every session of an operator; resolves with how many. */
    endSessions(by: Caller, change: { operatorId: string; reason: string }): Promise<number>;
    enable(by: Caller, change: { operatorId: string; reason: string }): Promise<void>;
  };
  keys: {
    list(): Promise<ApiKey[]>;
    /** `key` is shown here and never again. */
    create(
      by: Caller,
      key: { name: string; role: Role; permissions?: Permission[] | undefined; expiresInDays?: number | undefined },
    ): Promise<{ key: string; apiKey: ApiKey }>;
    revoke(by: Caller, keyId: string): Promise<ApiKey>;
  };
  /** The part of a link after `#` by which the first operator is made; undefined where there is one already. */
  firstLink(): Promise<string | undefined>;
};
