import { askForStepUp } from '#console/step-up/step-up-link.ts';

/** Why an address under /api/auth refused. */
export type AuthFailure = {
  /** Null where no answer came. */
  code: string | null;
  message: string;
  /** The input at fault, where one is. */
  field: string | null;
  /** How long until another try is taken, where tries come too fast. */
  retryAfterSeconds: number | null;
};

export type AuthResult<Body> = { ok: true; body: Body } | { ok: false; failure: AuthFailure };

/** What a browser does next, as sign-in answers it. */
export type Next = { next: 'console' | 'second-factor' | 'enrol'; methods?: string[] };

const SILENCE: AuthFailure = {
  code: null,
  message: 'The server does not answer',
  field: null,
  retryAfterSeconds: null,
};

/**
 * Asks an address under /api/auth. Where it wants a fresh second factor, the dialog asks for one, and the request is sent
 * once more.
 */
export async function askAuth<Body = object>(path: string, body: object = {}): Promise<AuthResult<Body>> {
  const first = await send<Body>(path, body);
  if (first.ok || first.failure.code !== 'step-up-required') return first;
  return (await askForStepUp()) ? send<Body>(path, body) : first;
}

async function send<Body>(path: string, body: object): Promise<AuthResult<Body>> {
  try {
    const response = await fetch(`/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true, body: (await response.json()) as Body };
    return { ok: false, failure: await readProblem(response) };
  } catch {
    return { ok: false, failure: SILENCE };
  }
}

async function readProblem(response: Response): Promise<AuthFailure> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; field?: string };
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    code: problem.code ?? null,
    message: problem.detail ?? `The server answers with status ${response.status}`,
    field: problem.field ?? null,
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
  };
}
