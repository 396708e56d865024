// The catalog's templates are valid by the published JSON Schema.
import Ajv2020 from "ajv/dist/2020"
import { definitionJsonSchema } from "../../../domain/template/json-schema"
import { PRODUCTS } from "../products"

// `minProperties` and the like stand beside a union, which strict mode takes for a slip.
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
  definitionJsonSchema
)

it.each(PRODUCTS)("takes the template of $handle", ({ template }) => {
  expect([validate(template), validate.errors]).toEqual([true, null])
})
