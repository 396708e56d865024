// The module's models, and how Medusa's `query.graph` reaches them: by the names of their tables.
import { camelToSnakeCase, defineJoinerConfig, pluralize } from "@medusajs/framework/utils"
import { Asset } from "./models/asset"
import { Design } from "./models/design"
import { File } from "./models/file"
import { Option } from "./models/option"
import { OptionSet } from "./models/option-set"
import { Session } from "./models/session"
import { Template } from "./models/template"
import { Upload } from "./models/upload"
import { Visitor } from "./models/visitor"

export const PERSONALIZATION_MODULE = "personalization"

/** The models by the names that the service's methods have: `listTemplates` for `Template`. */
export const MODELS = {
  Template,
  OptionSet,
  Option,
  Visitor,
  Session,
  Upload,
  Design,
  File,
  Asset,
}

// Left to itself, Medusa would look for methods named after the tables (`listPersonalizationTemplates`).
export const JOINER_CONFIG = defineJoinerConfig(PERSONALIZATION_MODULE, {
  models: Object.values(MODELS),
  alias: Object.entries(MODELS).map(([key, { name: entity }]) => {
    const table = camelToSnakeCase(entity).toLowerCase()
    return { name: [table, pluralize(table)], entity, args: { methodSuffix: pluralize(key) } }
  }),
})
