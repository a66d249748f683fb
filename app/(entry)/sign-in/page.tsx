import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { SignInScreen } from '#console/sign-in/sign-in-screen.tsx';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

/** Without a cookie there is no session to ask about. */
export default async function Page({ searchParams }: Props) {
  const { next } = await searchParams;
  const sessions = (await cookies()).getAll().filter(({ name }) => /^(__Host-)?tidemark-session/.test(name));
  return (
    <SignInScreen
      host={(await headers()).get('host') ?? ''}
      next={typeof next === 'string' ? next : null}
      hasSession={sessions.length > 0}
    />
  );
}
