import { z } from 'zod';
import type { Decider, Folder } from '#server/kernel/decider.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { mergePatch } from '#server/kernel/merge-patch.ts';
import type { PrivateField } from '#server/kernel/private-fields.ts';
import type { Upcaster } from '#server/kernel/upcaster.ts';
import { experimentCommands } from './experiment/commands.ts';
import { experimentDecider } from './experiment/decider.ts';
import { fulfilmentCommands } from './fulfilment/commands.ts';
import { fulfilmentDecider } from './fulfilment/decider.ts';
import { addressDecider } from './operator/address-decider.ts';
import { operatorDecider } from './operator/decider.ts';
import { orderCommands } from './order/commands.ts';
import { orderDecider } from './order/decider.ts';
import { orderUpcasters } from './order/upcasters.ts';
import { paymentCommands } from './payment/commands.ts';
import { paymentDecider } from './payment/decider.ts';
import { stockCommands } from './stock/commands.ts';
import { stockDecider } from './stock/decider.ts';

/** A command type with all that the bus and the console need of it. */
export type CommandType = {
  commandType: string;
  category: string;
  title: string;
  description: string;
  /** Whether it may be the first of a stream. */
  opensStream: boolean;
  schema: z.ZodType;
  jsonSchema: JsonObject;
};

/** The deciders by category, and the commands that each takes. */
export type Registry = {
  deciderFor(category: string): Decider | undefined;
  /** How the state of a category is made: by its decider, or, where none is known, by merging `data` (RFC 7396). */
  folderFor(category: string): Folder;
  commandType(name: string): CommandType | undefined;
  /** Those that have a form of their own; experiments are led from their page. */
  commandTypes(): readonly CommandType[];
  /** Fields that the schemas of the category's commands mark as `sensitive` or `personal`. */
  privateFields(category: string): readonly PrivateField[];
  /** Categories that have such fields. */
  privateCategories(): readonly string[];
  /** For the event store: they bring older stored events to the shapes that the deciders know. */
  upcasters: readonly Upcaster[];
};

const mergeFolder: Folder = {
  name: 'merge',
  version: 1,
  initialState: {},
  evolve: (state, { data }) => mergePatch(state, data),
};

const OPENING = new Set([
  'PlaceOrder',
  'ReceiveStock',
  'AdjustStock',
  'AuthorizePayment',
  'DeclinePayment',
  'StartFulfilment',
  'DraftExperiment',
]);

function typesOf(category: string, commands: Record<string, z.ZodType>): CommandType[] {
  return Object.entries(commands).map(([commandType, schema]) => {
    const { title, description } = schema.meta() ?? {};
    return {
      commandType,
      category,
      title: title ?? commandType,
      description: description ?? '',
      opensStream: OPENING.has(commandType),
      schema,
      jsonSchema: z.toJSONSchema(schema, { io: 'input' }) as JsonObject,
    };
  });
}

/**
 * Private fields by category, from `.meta({ sensitive: true })` and `.meta({ personal: 'customerId' })` at the top of a
 * command's schema. Throws where a personal field is no text, or stands without the field that names the person.
 */
function privateFieldsOf(commands: readonly CommandType[]): Map<string, readonly PrivateField[]> {
  const found = new Map<string, readonly PrivateField[]>();
  for (const { commandType, category, jsonSchema } of commands) {
    const properties = (jsonSchema.properties ?? {}) as Record<string, JsonObject>;
    for (const [name, { sensitive, personal, type }] of Object.entries(properties)) {
      if (sensitive !== true && personal === undefined) continue;
      const subject = typeof personal === 'string' ? personal : null;
      if (subject !== null && (type !== 'string' || properties[subject] === undefined)) {
        throw new Error(
          `${name} of ${commandType} is personal: it must be a text, and ${subject} must stand beside it`,
        );
      }
      const others = (found.get(category) ?? []).filter((field) => field.name !== name);
      found.set(category, [...others, { name, subject }]);
    }
  }
  return found;
}

/** The domain that comes with Tidemark. A decider's own types end here: the bus has checked `data` by the schema. */
export function createRegistry(): Registry {
  const deciders = new Map(
    [orderDecider, stockDecider, paymentDecider, fulfilmentDecider, experimentDecider].map((decider) => [
      decider.category,
      decider as unknown as Decider,
    ]),
  );
  // Sign-in alone decides for these two: they take no command from callers, but their state can be seen.
  const shown = [operatorDecider, addressDecider].map(
    (decider) => [decider.category, decider as unknown as Decider] as const,
  );
  const folders = new Map<string, Folder>(
    [...deciders, ...shown].map(([category, { version, initialState, snapshots, evolve }]) => [
      category,
      { name: category, version, initialState, evolve, ...(snapshots && { snapshots }) },
    ]),
  );
  const commands = [
    ...typesOf('order', orderCommands),
    ...typesOf('stock', stockCommands),
    ...typesOf('payment', paymentCommands),
    ...typesOf('fulfilment', fulfilmentCommands),
  ];
  const unlisted = typesOf('experiment', experimentCommands);
  const byType = new Map([...commands, ...unlisted].map((command) => [command.commandType, command]));
  const privates = privateFieldsOf([...commands, ...unlisted]);
  return {
    privateFields: (category) => privates.get(category) ?? [],
    privateCategories: () => [...privates.keys()],
    deciderFor: (category) => deciders.get(category),
    folderFor: (category) => folders.get(category) ?? mergeFolder,
    commandType: (name) => byType.get(name),
    commandTypes: () => commands,
    upcasters: orderUpcasters,
  };
}
