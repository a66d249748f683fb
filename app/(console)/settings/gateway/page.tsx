import type { Metadata } from 'next';
import { GatewayScreen } from '#console/gateway/gateway-screen.tsx';

export const metadata: Metadata = { title: 'Gateway' };

export default function Page() {
  return <GatewayScreen />;
}
