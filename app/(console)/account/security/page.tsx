import type { Metadata } from 'next';
import { SecurityScreen } from '#console/account/security-screen.tsx';

export const metadata: Metadata = { title: 'Account and security' };

export default function Page() {
  return <SecurityScreen />;
}
