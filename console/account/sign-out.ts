import { routes } from '#console/routes.ts';
import { askAuth } from '#console/sign-in/auth-api.ts';

/** Ends the session, and leaves with a page anew, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await askAuth('/sign-out');
  window.location.assign(routes.signIn());
}
