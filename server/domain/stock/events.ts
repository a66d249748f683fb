/** What can have happened to the stock of one article. */
export type StockEvent =
  | { eventType: 'StockReceived'; data: { quantity: number } }
  | { eventType: 'StockReserved'; data: { orderId: string; quantity: number } }
  | { eventType: 'ReservationReleased'; data: { orderId: string; quantity: number } }
  | { eventType: 'StockDispatched'; data: { orderId: string; quantity: number } }
  | { eventType: 'StockAdjusted'; data: { delta: number; reason: string } };
