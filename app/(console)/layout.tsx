import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Frame } from '#console/frame/frame.tsx';

/** The server says in a header of its own whether the banner of the second factor stands from the first paint on. */
export default async function Layout({ children }: { children: ReactNode }) {
  const putOff = (await headers()).has('x-tidemark-second-factor-put-off');
  return <Frame secondFactorPutOff={putOff}>{children}</Frame>;
}
