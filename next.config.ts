import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // `npm run check` type-checks once for everything; a second pass inside the build would cost every cold start. Next
  // rewrites the tsconfig it is given, so it has one of its own.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  // The console is served from loopback beside its own API: nothing to optimise, no second image server to secure.
  images: { unoptimized: true },
  devIndicators: false,
};

export default config;
