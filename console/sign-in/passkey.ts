import { type AuthResult, askAuth, type Next } from './auth-api.ts';

const UNSUPPORTED = 'This browser makes no passkeys: it is too old';

/**
 * Whether passkeys can be used at this address. A passkey belongs to a host name, and an address such as 127.0.0.1 is
 * none; `localhost` is.
 */
export function passkeysHere(): { possible: boolean; why?: string; elsewhere?: string } {
  const { hostname, port, protocol } = window.location;
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  if (isAddress) {
    return {
      possible: false,
      why: 'A passkey belongs to a host name, and this page is at a bare address.',
      elsewhere: `${protocol}//localhost${port === '' ? '' : `:${port}`}`,
    };
  }
  if (!window.isSecureContext) return { possible: false, why: 'Passkeys need https.' };
  if (typeof PublicKeyCredential === 'undefined' || !('parseRequestOptionsFromJSON' in PublicKeyCredential)) {
    return { possible: false, why: `${UNSUPPORTED}.` };
  }
  return { possible: true };
}

/** Signs in by a passkey, which counts for both factors. */
export async function signInByPasskey(): Promise<AuthResult<Next>> {
  const credential = await askForPasskey();
  return credential.ok ? askAuth<Next>('/passkey/sign-in', { credential: credential.body }) : credential;
}

/** Makes a passkey for whoever is signed in. */
export async function makePasskey(name: string): Promise<AuthResult<{ passkeyId: string }>> {
  const options = await askAuth<PublicKeyCredentialCreationOptionsJSON>('/passkey/register-options');
  if (!options.ok) return options;
  const credential = await ask(() =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.body) }),
  );
  return credential.ok ? askAuth('/passkey/register', { credential: credential.body, name }) : credential;
}

/** Shows a passkey again within a session, so that guarded acts are open for five minutes. */
export async function stepUpByPasskey(): Promise<AuthResult<object>> {
  const credential = await askForPasskey();
  return credential.ok ? askAuth('/step-up', { credential: credential.body }) : credential;
}

async function askForPasskey(): Promise<AuthResult<object>> {
  const options = await askAuth<PublicKeyCredentialRequestOptionsJSON>('/passkey/options');
  if (!options.ok) return options;
  return ask(() =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.body) }),
  );
}

/** What the device answers, as JSON; a refusal in words that people understand. */
async function ask(work: () => Promise<Credential | null>): Promise<AuthResult<object>> {
  const refused = (message: string): AuthResult<object> => ({
    ok: false,
    failure: { code: 'passkey', message, field: null, retryAfterSeconds: null },
  });
  try {
    const credential = await work();
    if (credential === null) return refused('The device gave no passkey');
    return { ok: true, body: (credential as PublicKeyCredential).toJSON() };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError') return refused('The device was not asked, or it took too long; try again');
    if (name === 'InvalidStateError') return refused('This device has a passkey for the account already');
    return refused(UNSUPPORTED);
  }
}
