import type { Metadata } from 'next';
import { KeysScreen } from '#console/api-keys/keys-screen.tsx';

export const metadata: Metadata = { title: 'API keys' };

export default function Page() {
  return <KeysScreen />;
}
