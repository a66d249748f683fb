import type { Metadata } from 'next';
import { ProcessesScreen } from '#console/processes/processes-screen.tsx';

export const metadata: Metadata = { title: 'Processes' };

export default function Page() {
  return <ProcessesScreen />;
}
