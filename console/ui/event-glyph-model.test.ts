import { describe, expect, test } from 'vitest';
import { distinctHues, EVENT_HUES, eventHue, glyphKind } from './event-glyph-model.ts';

describe('the kind of an event type', () => {
  test.each([
    ['OrderPlaced', 'opens'],
    ['PaymentAuthorized', 'opens'],
    ['StockReceived', 'opens'],
    ['FileAdded', 'opens'],
    ['OrderConfirmed', 'step'],
    ['OrderShipped', 'step'],
    ['StockAdjusted', 'step'],
    ['FileModified', 'step'],
    ['OrderDelivered', 'ends'],
    ['PaymentCaptured', 'ends'],
    ['StockDispatched', 'ends'],
    ['OrderCancelled', 'undoes'],
    ['ReservationReleased', 'undoes'],
    ['FileDeleted', 'undoes'],
    ['PaymentDeclined', 'undoes'],
    ['ImportFailed', 'failed'],
  ])('%s %s', (type, kind) => {
    expect(glyphKind(type)).toBe(kind);
  });

  test('is read from other ways of writing too, and unknown verbs are steps', () => {
    expect(glyphKind('order.placed.v2')).toBe('opens');
    expect(glyphKind('payment_refunded')).toBe('undoes');
    expect(glyphKind('RefundPaymentRequestedByPSP')).toBe('opens');
    expect(glyphKind('Zzz')).toBe('step');
    expect(glyphKind('')).toBe('step');
  });
});

describe('the hue of a name', () => {
  test.each([
    ['OrderPlaced', 'OrderConfirmed', 'OrderCancelled', 'OrderShipped', 'OrderDelivered', 'OrderReturned'],
    ['StockReceived', 'StockReserved', 'ReservationReleased', 'StockDispatched', 'StockAdjusted'],
    ['PaymentAuthorized', 'PaymentCaptured', 'PaymentDeclined', 'PaymentRefunded'],
    ['order', 'stock', 'payment', 'file'],
  ])('tells %s and its neighbours apart', (...names) => {
    expect(new Set(names.map(eventHue)).size).toBe(names.length);
  });

  test('never changes: people learn it', () => {
    expect([eventHue('order'), eventHue('stock'), eventHue('payment')]).toEqual([255, 165, 50]);
  });

  test('eight names get different hues, and each keeps its own when another comes after it', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const hues = distinctHues(names.slice(0, 8));
    expect(new Set(hues.values()).size).toBe(EVENT_HUES.length);
    for (let count = 1; count <= names.length; count += 1) {
      for (const [name, hue] of distinctHues(names.slice(0, count))) expect(hues.get(name) ?? hue).toBe(hue);
    }
    expect(distinctHues(['order', 'stock', 'payment']).get('payment')).toBe(50);
  });

  test('a ninth name shares one, rather than none', () => {
    expect(distinctHues(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']).size).toBe(9);
  });
});
