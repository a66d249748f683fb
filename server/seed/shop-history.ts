import type { Registry } from '#server/domain/registry.ts';
import { isRefusal } from '#server/kernel/decider.ts';
import type { EventMetadata } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import { ADJUST_REASONS, articleAt } from './catalog.ts';
import { createDueQueue } from './due-queue.ts';
import { type OrderStep, planOrder, type ShopCommand } from './order-plan.ts';
import { createRandom, hashOf } from './random.ts';

/** What a history is made from; the same three give the same events with the same ids. */
export type ShopPlan = { events: number; streams: number; seed: number };

export type ShopEvent = {
  streamId: StreamId;
  eventId: string;
  eventType: string;
  data: JsonObject;
  metadata: EventMetadata;
};

type Order = { number: number; steps: OrderStep[]; next: number; lastEventId: string };

/** The id of the nth event: ascending, so that ids which are written together are near each other in their index. */
export function seededId(plan: ShopPlan, kind: 'event' | 'command' | 'correlation', index: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const kinds = { event: 0, command: 1, correlation: 2 };
  return `${hex(hashOf(keyOf(plan)), 8)}-${hex(kinds[kind], 4)}-8000-8000-${hex(index, 12)}`;
}

/**
 * A shop's history of exactly so many events in exactly so many streams. Each event is what its decider answers to a
 * command, so nothing in it contradicts the rules; what a decider refuses for want of stock is received first.
 */
export function* shopHistory(plan: ShopPlan, registry: Registry): Generator<ShopEvent, void> {
  const random = createRandom(hashOf(keyOf(plan)));
  const tag = hashOf(keyOf(plan)).toString(36).slice(0, 4);
  // An article for some hundred streams: its stream then has some hundred events of orders, as a real one has.
  const articles = Math.min(plan.streams, Math.max(3, Math.ceil(plan.streams / 100)));
  const states = new Map<string, JsonObject>();
  const due = createDueQueue<Order>();
  const unpaid: Order[] = [];
  const waitScale = Math.min(1, plan.events / 100_000);
  let opened = 0;
  let orders = 0;
  let index = 0;

  /** The decider's answer to a command; undefined where it refuses. */
  function decide(command: ShopCommand): { eventType: string; data: JsonObject } | undefined {
    const decider = registry.deciderFor(categoryOf(command.streamId as StreamId));
    if (decider === undefined) throw new Error(`no decider for ${command.streamId}`);
    const state = states.get(command.streamId) ?? decider.initialState;
    const decision = decider.decide({ ...command, receivedAt: '' }, state);
    const event = isRefusal(decision) ? undefined : decision[0];
    if (event !== undefined) {
      if (!states.has(command.streamId)) opened += 1;
      states.set(command.streamId, decider.evolve(state, event));
    }
    return event;
  }

  function recorded(
    command: ShopCommand,
    event: { eventType: string; data: JsonObject },
    correlation: number,
    cause?: string,
  ): ShopEvent {
    const commandId = seededId(plan, 'command', index);
    const metadata = {
      correlationId: seededId(plan, 'correlation', correlation),
      causationId: cause ?? commandId,
      commandId,
      commandType: command.commandType,
      actor: command.actor,
    };
    const { streamId } = command;
    return { streamId: streamId as StreamId, eventId: seededId(plan, 'event', index), ...event, metadata };
  }

  /** A delivery, or a count that corrects the books. Correlated by itself. */
  function moveStock(sku: string, least = 0): ShopEvent {
    const adjust: ShopCommand = {
      streamId: `stock-${sku}`,
      commandType: 'AdjustStock',
      data: { delta: random.whole(1, 3) * (random.next() < 0.7 ? -1 : 1), reason: random.pick(ADJUST_REASONS) },
      actor: 'stock-count',
    };
    const adjusted = least === 0 && states.has(adjust.streamId) && random.next() < 0.3 ? decide(adjust) : undefined;
    if (adjusted !== undefined) return recorded(adjust, adjusted, index);
    const receive: ShopCommand = {
      streamId: `stock-${sku}`,
      commandType: 'ReceiveStock',
      data: { quantity: least + 10 * random.whole(1, 20) },
      actor: 'warehouse',
    };
    return recorded(receive, decide(receive) ?? unreachable(receive), index);
  }

  function step(order: Order): ShopEvent {
    const { command } = order.steps[order.next] as OrderStep;
    const event = decide(command);
    if (event === undefined) {
      due.put(index + 1, order);
      return moveStock(command.streamId.slice('stock-'.length), 10);
    }
    const made = recorded(command, event, order.number, order.next === 0 ? undefined : order.lastEventId);
    order.next += 1;
    order.lastEventId = made.eventId;
    const next = order.steps[order.next];
    if (next === undefined) for (const { command: done } of order.steps) forget(done.streamId);
    else if (next.opensStream) unpaid.push(order);
    else due.put(index + 1 + next.wait * waitScale, order);
    return made;
  }

  function openStream(): ShopEvent {
    if (opened < articles) return moveStock(articleAt(opened, tag).sku, 20);
    const waiting = unpaid.shift();
    if (waiting !== undefined) return step(waiting);
    orders += 1;
    const id = `${tag}${orders.toString(36).padStart(4, '0')}`;
    return step({ number: index, steps: planOrder(id, articles, tag, random), next: 0, lastEventId: '' });
  }

  /** The state of what has ended is not needed again; a stock never ends. */
  function forget(streamId: string) {
    if (!streamId.startsWith('stock-')) states.delete(streamId);
  }

  for (; index < plan.events; index += 1) {
    const eventsLeft = plan.events - index;
    if (opened < articles || random.next() < (plan.streams - opened) / eventsLeft) yield openStream();
    else if (due.size() > 0 && (due.firstDue() <= index || random.next() < 0.6)) yield step(due.take() as Order);
    else yield moveStock(articleAt(random.skewed(articles), tag).sku);
  }
}

function keyOf({ events, streams, seed }: ShopPlan): string {
  return `${seed}/${events}/${streams}`;
}

function unreachable(command: ShopCommand): never {
  throw new Error(`${command.commandType} on ${command.streamId} was refused`);
}
