// The workflows of webhooks.
export * from "./workflows/create-endpoint"
export * from "./workflows/dispatch"
export * from "./workflows/receive-fulfillment"
export * from "./workflows/reconcile"
