// Reads what requests save of option sets, at both doors: the form's faults come with those that the store finds.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { z } from "@medusajs/framework/zod"
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import type { CreateOptionSetInput, UpdateOptionSetInput } from "../../workflows/option-sets/input"
import { readOnly } from "../../workflows/option-sets/option-plan"
import { changedOptionSetIssues, newOptionSetIssues } from "../../workflows/option-sets/plan"
import { readFields, wellFormedFields } from "../standalone/well-formed"
import {
  changedOptionBody,
  createOptionSetBody,
  MAX_OPTIONS,
  newOptionBody,
  updateOptionSetBody,
} from "./validators"

/** A new set. @throws AppError 400 with every fault when the body is not well-formed. */
export async function readNewOptionSet(
  scope: MedusaContainer,
  body: unknown
): Promise<CreateOptionSetInput> {
  const { value, wellFormed, issues } = readFields(createOptionSetBody, body)
  if (value === undefined) {
    const { product_id, key, product_option_id } = wellFormed
    const options = wellFormedOptions(newOptionBody, body)
    const loose = { product_id, key, product_option_id, options }
    throw invalid(together(issues, await newOptionSetIssues(scope, loose)))
  }
  return value
}

/**
 * A change of the set whose path was called.
 * @throws AppError 404 `option_set_not_found`; 400 with every fault when the body is not well-formed or is about another
 *   set, `read_only`.
 */
export async function readOptionSetChange(
  scope: MedusaContainer,
  id: string,
  body: unknown
): Promise<UpdateOptionSetInput> {
  const { value, wellFormed, issues } = readFields(updateOptionSetBody, body)
  const foreign = wellFormed.id === undefined || wellFormed.id === id ? [] : [readOnly(["id"])]
  if (value === undefined || foreign.length > 0) {
    const { product_id, key, product_option_id } = wellFormed
    const options = wellFormedOptions(changedOptionBody, body)
    const loose = { product_id, key, product_option_id, options }
    const found = await changedOptionSetIssues(scope, id, loose)
    const all = [...foreign, ...together(issues, found)]
    throw invalid(all, value && all.length === 1 ? all[0]?.code : undefined)
  }
  const { product_id, key, title, required, product_option_id, options } = value
  return { ...{ product_id, key, title, required, product_option_id, options }, id }
}

/** Each option's well-formed fields, at its place in the list; undefined for what is no list, or too long a one. */
function wellFormedOptions<S extends z.ZodObject>(
  schema: S,
  body: unknown
): Partial<z.output<S>>[] | undefined {
  const { options } = (body ?? {}) as { options?: unknown }
  return Array.isArray(options) && options.length <= MAX_OPTIONS
    ? options.map((option: unknown) => wellFormedFields(schema, option))
    : undefined
}

/** The form's faults, and those found beyond them: not of a field that is misshapen or hangs on one that is. */
function together(form: Issue[], found: Issue[]): Issue[] {
  // Whether options have prices of their own depends on the binding.
  const unclear = form.some(({ path }) => path[0] === "product_option_id")
  return [
    ...form,
    ...found.filter(
      ({ path }) =>
        !(unclear && path[0] === "options") && !form.some((fault) => isWithin(path, fault.path))
    ),
  ]
}

function isWithin(path: Issue["path"], outer: Issue["path"]): boolean {
  return outer.every((part, index) => path[index] === part)
}
