// The rules of story P2 once more, written from the contract and without a look at the code under test.
import type { WireTemplate } from "./p2-designer"

type Status = WireTemplate["status"]
type ModelStep =
  | { kind: "create"; version: number; status: Status; is_default?: boolean | undefined }
  | {
      kind: "change"
      version: number
      status?: Status | undefined
      is_default?: boolean | undefined
      label?: string | undefined
    }
  | { kind: "delete"; version: number }
  | { kind: "use"; version: number }
type ModelRow = {
  version: number
  status: Status
  is_default: boolean
  used: boolean
  label: string
}

/** One product's versions. */
export class TemplateModel {
  #live = new Map<number, ModelRow>()
  #taken = new Set<number>()

  rows(): ModelRow[] {
    return [...this.#live.values()].sort((a, b) => a.version - b.version)
  }

  /** What the step answers: `done` or an error's code. */
  expect(step: ModelStep): string {
    return step.kind === "create" ? this.#create(step) : this.#touch(step)
  }

  #create({ version, status, is_default }: Extract<ModelStep, { kind: "create" }>): string {
    if (is_default && status !== "published") {
      return "default_must_be_published"
    }
    if (this.#taken.has(version)) {
      return "duplicate_version"
    }
    const marked = this.rows().some((row) => row.is_default)
    this.#taken.add(version)
    const row = { version, status, is_default: false, used: false, label: "Name" }
    this.#live.set(version, row)
    if (status === "published" && (is_default || !marked)) {
      this.#mark(row)
    }
    return "done"
  }

  #touch(step: Exclude<ModelStep, { kind: "create" }>): string {
    const row = this.#live.get(step.version)
    if (!row) {
      return "template_not_found"
    }
    const heirs = this.rows().filter((other) => other !== row && other.status === "published")
    if (step.kind === "use") {
      row.used = true
      return "done"
    }
    if (step.kind === "delete") {
      if (row.is_default && heirs.length > 0) {
        return "default_template"
      }
      this.#live.delete(step.version)
      return "done"
    }
    const order: Status[] = ["draft", "published", "archived"]
    const after = step.status ?? row.status
    if (order.indexOf(after) < order.indexOf(row.status)) {
      return "status_not_allowed"
    }
    if (step.is_default && after !== "published") {
      return "default_must_be_published"
    }
    const loses = row.is_default && (after !== "published" || step.is_default === false)
    if (loses && heirs.length > 0) {
      return "default_template"
    }
    if (step.label !== undefined && step.label !== row.label && row.used) {
      return "template_in_use"
    }
    const orphaned = !this.rows().some((other) => other.is_default)
    const appears = row.status === "draft" && after === "published"
    row.status = after
    row.label = step.label ?? row.label
    if (loses) {
      row.is_default = false
    } else if (step.is_default || (appears && orphaned)) {
      this.#mark(row)
    }
    return "done"
  }

  #mark(row: ModelRow): void {
    for (const other of this.#live.values()) {
      other.is_default = other === row
    }
  }
}
