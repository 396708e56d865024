// What the demo shop sells: products with their variants, prices, pictures, templates and option sets.
import type { DefinitionInput } from "../../domain/template/definition"
import type { PictureKey } from "./art"
import { mugTemplate } from "./templates/mug"
import { phoneCaseTemplate } from "./templates/phone-case"
import { posterTemplate } from "./templates/poster"
import { tShirtTemplate } from "./templates/t-shirt"

/** Amounts per unit in major units. EUR amounts include VAT, USD amounts do not include sales tax. */
type Price = { usd: number; eur: number }
type SeedOption = { value: string; label: string; price: Price; metadata?: Record<string, unknown> }
/** Without options of its own a set is bound to the product option that the variants differ in. */
type SeedOptionSet = { key: string; title: string; required: boolean; options?: SeedOption[] }

/** `option` names what the variants differ in; `weight` is in grams. */
export type SeedProduct = {
  handle: string
  title: string
  description: string
  weight: number
  material: string
  listing: PictureKey
  pictures: PictureKey[]
  option: string
  variants: { title: string; sku: string; price: Price; stock: number }[]
  template: DefinitionInput
  option_sets: SeedOptionSet[]
}

const free: Price = { usd: 0, eur: 0 }

export const PRODUCTS: SeedProduct[] = [
  {
    handle: "t-shirt",
    title: "Classic T-Shirt",
    description:
      "Soft crew-neck t-shirt of combed organic cotton, printed on front and back with your photo and words.",
    weight: 180,
    material: "Organic cotton, 180 g/m²",
    listing: "t-shirt-listing",
    pictures: ["t-shirt-front", "t-shirt-back"],
    option: "Cut",
    variants: [
      { title: "Regular", sku: "TSHIRT-REGULAR", price: { usd: 24, eur: 24.9 }, stock: 500 },
    ],
    template: tShirtTemplate,
    option_sets: [
      {
        key: "size",
        title: "Size",
        required: true,
        options: [
          { value: "s", label: "S", price: free, metadata: { chest_cm: 96 } },
          { value: "m", label: "M", price: free, metadata: { chest_cm: 102 } },
          { value: "l", label: "L", price: free, metadata: { chest_cm: 108 } },
          { value: "xl", label: "XL", price: free, metadata: { chest_cm: 114 } },
          { value: "2xl", label: "2XL", price: { usd: 3, eur: 3 }, metadata: { chest_cm: 122 } },
        ],
      },
    ],
  },
  {
    handle: "mug",
    title: "Photo Mug",
    description:
      "Glazed stoneware mug for 325 ml of coffee or tea, with your photos and a message. Dishwasher safe.",
    weight: 340,
    material: "Stoneware",
    listing: "mug-listing",
    pictures: ["mug-front", "mug-back"],
    option: "Volume",
    variants: [{ title: "325 ml", sku: "MUG-325", price: { usd: 14, eur: 14.9 }, stock: 400 }],
    template: mugTemplate,
    option_sets: [
      {
        key: "finish",
        title: "Finish",
        required: false,
        options: [
          { value: "glossy", label: "Glossy", price: free },
          { value: "matte", label: "Matte", price: { usd: 1.5, eur: 1.5 } },
          {
            value: "magic",
            label: "Magic (appears when hot)",
            price: { usd: 4, eur: 4 },
            metadata: { note: "The print shows once the mug is filled with a hot drink." },
          },
        ],
      },
    ],
  },
  {
    handle: "poster",
    title: "Photo Poster",
    description:
      "Your photo with a title and a caption on heavy art paper, 30 × 40 cm, framed on request.",
    weight: 120,
    material: "Art paper",
    listing: "poster-listing",
    pictures: ["poster-sheet"],
    option: "Format",
    variants: [
      { title: "30 × 40 cm", sku: "POSTER-30X40", price: { usd: 19, eur: 19.9 }, stock: 1000 },
    ],
    template: posterTemplate,
    option_sets: [
      {
        key: "paper",
        title: "Paper",
        required: false,
        options: [
          { value: "matte", label: "Matte, 200 g/m²", price: free },
          { value: "semi-gloss", label: "Semi-gloss, 250 g/m²", price: { usd: 2, eur: 2 } },
          { value: "fine-art", label: "Fine art cotton, 310 g/m²", price: { usd: 8, eur: 8 } },
        ],
      },
      {
        key: "frame",
        title: "Frame",
        required: false,
        options: [
          { value: "none", label: "No frame", price: free },
          { value: "black", label: "Black aluminium", price: { usd: 22, eur: 21 } },
          { value: "oak", label: "Solid oak", price: { usd: 29, eur: 28 } },
        ],
      },
    ],
  },
  {
    handle: "phone-case",
    title: "Phone Case",
    description:
      "Slim case with raised camera edge, printed with your photo and finished with your monogram.",
    weight: 38,
    material: "Polycarbonate and TPU",
    listing: "phone-case-listing",
    pictures: ["phone-case-back"],
    option: "Model",
    variants: [
      { title: "Aero 12", sku: "CASE-AERO-12", price: { usd: 22, eur: 22.9 }, stock: 200 },
      { title: "Aero 12 Pro", sku: "CASE-AERO-12-PRO", price: { usd: 22, eur: 22.9 }, stock: 200 },
      { title: "Aero 12 Max", sku: "CASE-AERO-12-MAX", price: { usd: 25, eur: 25.9 }, stock: 150 },
    ],
    template: phoneCaseTemplate,
    option_sets: [
      { key: "model", title: "Model", required: true },
      {
        key: "case_type",
        title: "Case type",
        required: false,
        options: [
          { value: "slim", label: "Slim", price: free },
          { value: "tough", label: "Tough (two layers)", price: { usd: 6, eur: 6 } },
          { value: "magnetic", label: "Slim with magnet ring", price: { usd: 4.5, eur: 4.5 } },
        ],
      },
    ],
  },
]
