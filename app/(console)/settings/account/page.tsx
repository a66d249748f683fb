import { redirect } from 'next/navigation';
import { routes } from '#console/routes.ts';

/** Where one looks for it beside the other settings. */
export default function Page() {
  redirect(routes.security());
}
