import type { ReactNode } from 'react';
import { EntryFrame } from '#console/sign-in/entry-frame.tsx';

export default function Layout({ children }: { children: ReactNode }) {
  return <EntryFrame>{children}</EntryFrame>;
}
