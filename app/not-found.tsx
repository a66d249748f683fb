import { Frame } from '#console/frame/frame.tsx';
import { NotFoundScreen } from '#console/frame/not-found-screen.tsx';

export default function NotFound() {
  return (
    <Frame secondFactorPutOff={false}>
      <NotFoundScreen />
    </Frame>
  );
}
