'use client';

import { useEffect, useRef } from 'react';
import { type LanesPicture, paintLanes } from './lanes-paint.ts';
import { readPalette } from './lanes-palette.ts';

/** The picture on a canvas, drawn anew in the next frame whenever it, the theme or the resolution changes. */
export function LanesCanvas({ picture }: { picture: LanesPicture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = useRef(picture);
  const redraw = useRef<(() => void) | null>(null);
  const { width } = picture.scale;
  const { height } = picture.layout;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element == null || context == null) return;
    let palette = readPalette(element);
    let frame = 0;
    const draw = () => {
      frame = 0;
      const { scale, layout } = newest.current;
      const ratio = window.devicePixelRatio || 1;
      const [wide, high] = [Math.round(scale.width * ratio), Math.round(layout.height * ratio)];
      if (element.width !== wide || element.height !== high) {
        element.width = wide;
        element.height = high;
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      paintLanes(context, newest.current, palette);
    };
    const request = () => {
      frame ||= requestAnimationFrame(draw);
    };
    const restyle = () => {
      palette = readPalette(element);
      request();
    };
    redraw.current = request;
    const themes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => window.matchMedia(query));
    for (const theme of themes) theme.addEventListener('change', restyle);
    const chosen = new MutationObserver(restyle);
    chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    request();
    return () => {
      cancelAnimationFrame(frame);
      redraw.current = null;
      chosen.disconnect();
      for (const theme of themes) theme.removeEventListener('change', restyle);
    };
  }, []);

  useEffect(() => {
    newest.current = picture;
    redraw.current?.();
  }, [picture]);

  return (
    <div aria-hidden="true">
      <canvas ref={canvas} className="block" style={{ width, height, forcedColorAdjust: 'none' }} />
    </div>
  );
}
