import { hashOf, type Random } from './random.ts';

const GOODS = ['TEE', 'HOOD', 'CAP', 'MUG', 'BAG', 'SOCK', 'LAMP', 'NOTE', 'PEN', 'COAT', 'SHOE', 'BELT'] as const;
const SHADES = ['BLK', 'WHT', 'NVY', 'GRY', 'RED', 'OLV', 'SND', 'PNK'] as const;
const SIZES = ['S', 'M', 'L', 'XL'] as const;

export type Article = { sku: string; unitPrice: number };

/** The nth article of a shop; `tag` keeps two shops in one store apart. Prices are in cents. */
export function articleAt(index: number, tag: string): Article {
  const good = GOODS[index % GOODS.length];
  const shade = SHADES[Math.floor(index / GOODS.length) % SHADES.length];
  const size = SIZES[Math.floor(index / (GOODS.length * SHADES.length)) % SIZES.length];
  const run = Math.floor(index / (GOODS.length * SHADES.length * SIZES.length));
  const sku = `${good}-${shade}-${size}${run === 0 ? '' : run + 1}-${tag}`;
  return { sku, unitPrice: 500 + (hashOf(sku) % 90) * 100 };
}

export const CARRIERS = ['DHL', 'DPD', 'UPS', 'GLS'] as const;
export const METHODS = ['card', 'card', 'card', 'wallet', 'transfer'] as const;
export const RETURN_REASONS = ['wrong size', 'damaged', 'not as pictured', 'arrived late'] as const;
export const CANCEL_REASONS = ['changed my mind', 'found it cheaper', 'ordered twice'] as const;
export const DECLINE_REASONS = ['insufficient funds', 'card expired', 'refused by the bank'] as const;
export const ADJUST_REASONS = ['stocktaking', 'damaged in the warehouse', 'found behind the shelf'] as const;

/** A customer; some come back often. */
export function customerOf(random: Random): string {
  return `cus-${random.skewed(60_000).toString(36).padStart(4, '0')}`;
}
