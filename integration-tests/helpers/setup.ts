// Jest set-up of the projects with a database: MikroORM's process-wide metadata starts empty in every spec file.
import { MetadataStorage } from "@medusajs/framework/mikro-orm/core"

MetadataStorage.clear()
