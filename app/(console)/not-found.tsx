import { NotFoundScreen } from '#console/frame/not-found-screen.tsx';

export default function NotFound() {
  return <NotFoundScreen />;
}
