// The sandbox provider's options: defaults, named faults, and the refusal in production.
import { parseSandboxOptions } from "./options"
import SandboxPaymentProvider from "./provider"

describe("sandbox payment options", () => {
  const { NODE_ENV } = process.env

  afterEach(() => {
    process.env.NODE_ENV = NODE_ENV
  })

  it("needs no option", () => {
    expect(parseSandboxOptions(undefined)).toEqual({ base_url: "http://localhost:9000" })
    expect(parseSandboxOptions({ base_url: "https://shop.example/" }).base_url).toBe(
      "https://shop.example"
    )
  })

  it("names every faulty option", () => {
    const parse = () =>
      parseSandboxOptions({ base_url: "shop", webhook_secret: "short", colour: 1 })
    expect(parse).toThrow(/base_url/)
    expect(parse).toThrow(/webhook_secret: needs at least 16 characters/)
    expect(parse).toThrow(/colour/)
  })

  it("does not load in production", () => {
    process.env.NODE_ENV = "production"
    expect(() => SandboxPaymentProvider.validateOptions({})).toThrow(/for development only/)
  })
})
