import type { Metadata } from 'next';
import { DesignScreen } from '#console/design/design-screen.tsx';

export const metadata: Metadata = { title: 'Design' };

export default function Page() {
  return <DesignScreen />;
}
