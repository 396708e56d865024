// The sandbox's payment page: one small HTML document without scripts.
import { createHash } from "node:crypto"
import type { SandboxPayment } from "../../../../lib/sandbox/store"

const STYLE = `
:root { color-scheme: light dark; --line: #d5d9e0; --ink: #1c2330; --mute: #5b6472; --card: #fff; --ground: #eef1f5; --pay: #1f6f43; }
@media (prefers-color-scheme: dark) { :root { --line: #3a424f; --ink: #eef1f5; --mute: #a3adba; --card: #20262f; --ground: #14181e; --pay: #2f9e62; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 2rem; }
.tag { display: inline-block; margin: 0; padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 99px; color: var(--mute); font-size: .8rem; }
h1 { margin: 1rem 0 .25rem; font-size: 1rem; font-weight: 500; color: var(--mute); }
.amount { margin: 0; font-size: 2.25rem; font-weight: 650; letter-spacing: -.02em; }
.note { margin: 1rem 0 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
form { display: grid; gap: .75rem; margin-top: 1.5rem; }
button { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: none; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button[value=pay] { background: var(--pay); border-color: var(--pay); color: #fff; }
button:focus-visible { outline: 3px solid var(--mute); outline-offset: 2px; }
.small { margin: 1.5rem 0 0; color: var(--mute); font-size: .85rem; overflow-wrap: anywhere; }
`

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64")

/** The headers of the page. The form may also lead on to the shop, where the answer redirects the customer. */
export function pageHeaders(payment: SandboxPayment): Record<string, string> {
  const shop = payment.return_url ? ` ${new URL(payment.return_url).origin}` : ""
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy":
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; ` +
      `form-action 'self'${shop}; frame-ancestors 'none'; base-uri 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  }
}

/** The page of a payment in the state it has now. */
export function paymentPage(payment: SandboxPayment): string {
  const amount = new Intl.NumberFormat("en", {
    style: "currency",
    currency: payment.currency_code.toUpperCase(),
  }).format(Number(payment.amount))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox payment</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="tag">Sandbox: no real money</p>
<h1>${payment.status === "open" ? "To pay" : "Amount"}</h1>
<p class="amount">${escape(amount)}</p>
${stateOf(payment)}
<p class="small">Payment ${escape(payment.id)}</p>
</main>
</body>
</html>
`
}

function stateOf(payment: SandboxPayment): string {
  switch (payment.status) {
    case "paid":
      return `<p class="note" role="status">Paid. ${back(payment, "You can close this page.")}</p>`
    case "canceled":
      return `<p class="note" role="status">This payment was canceled and can no longer be paid. ${back(payment, "")}</p>`
    case "open":
      return `${payment.declines > 0 ? '<p class="note" role="alert">The payment was declined. You can try again.</p>' : ""}
<form method="post">
<button name="action" value="pay">Pay</button>
<button name="action" value="decline">Decline</button>
</form>`
  }
}

function back(payment: SandboxPayment, otherwise: string): string {
  return payment.return_url
    ? `<a href="${escape(payment.return_url)}">Back to the shop</a>`
    : otherwise
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
}
