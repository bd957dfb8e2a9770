#include <array>

#include "simulate/assortment.h"

// A fashion chain's range, women, men, children, shoes and accessories. A product is a style in one
// colour and fabric; the sizes in which people wear it are not told apart. All numbers are assumed,
// as those of a mid-priced European chain; prices in euros without tax. All brands are invented.

namespace retailsim::simulate {
namespace {

constexpr auto standard = TaxClass::standard;

// department, category, kinds,
// fabrics from cheap to dear, median price, log sd, margin, tax, private share, season, its peak,
// tilt, partner
// clang-format off
constexpr auto categories = std::to_array<CategoryFacts>({
    {"Women", "Women's T-Shirts & Tops", "T-Shirt|Tank Top|Long-Sleeved Top|Crop Top|Polo Shirt|Bodysuit",
     "in cotton|in linen|in modal", 13.0, 0.40, 0.66, standard, 0.6, 0.45, 170, 0.5, "Women's Trousers"},
    {"Women", "Dresses", "Shirt Dress|Maxi Dress|Wrap Dress|Knit Dress|Slip Dress|Evening Dress",
     "in viscose|in cotton|in silk", 37.0, 0.45, 0.65, standard, 0.55, 0.75, 165, -0.2, "Sandals"},
    {"Women", "Women's Jeans", "Skinny Jeans|Straight Jeans|Wide-Leg Jeans|Mom Jeans|Flared Jeans",
     "in stretch denim|in rigid denim|in organic denim", 33.0, 0.35, 0.62, standard, 0.5, 0.20, 270, -0.1, "Women's T-Shirts & Tops"},
    {"Women", "Women's Knitwear", "Crew-Neck Sweater|Roll-Neck Sweater|Cardigan|V-Neck Sweater|Knitted Vest",
     "in acrylic|in cotton|in wool|in cashmere", 32.0, 0.45, 0.65, standard, 0.6, 1.00, 325, -0.1, "Scarves, Hats & Gloves"},
    {"Men", "Men's T-Shirts & Polos", "T-Shirt|Polo Shirt|Long-Sleeved T-Shirt|Henley Shirt",
     "in cotton|in organic cotton|in piqué", 14.0, 0.38, 0.64, standard, 0.6, 0.45, 175, 0.4, "Men's Trousers"},
    {"Underwear & Nightwear", "Socks & Tights", "Ankle Socks|Knee Socks|Tights|Sport Socks|Invisible Socks",
     "in cotton|in bamboo|in wool", 6.0, 0.40, 0.68, standard, 0.75, 0.30, 335, 1.1, "Women's Underwear"},
    {"Women", "Women's Trousers", "Chinos|Wide-Leg Trousers|Cigarette Trousers|Leggings|Culottes",
     "in cotton|in viscose|in wool", 30.0, 0.38, 0.63, standard, 0.55, 0.15, 110, -0.2, "Blouses & Shirts"},
    {"Women", "Blouses & Shirts", "Blouse|White Shirt|Tunic|Denim Shirt|Printed Shirt",
     "in polyester|in cotton|in silk", 27.0, 0.42, 0.64, standard, 0.55, 0.25, 125, -0.1, "Women's Trousers"},
    {"Men", "Men's Jeans", "Slim Jeans|Straight Jeans|Regular Jeans|Tapered Jeans",
     "in stretch denim|in rigid denim|in selvedge denim", 37.0, 0.33, 0.61, standard, 0.5, 0.15, 275, -0.2, "Men's T-Shirts & Polos"},
    {"Underwear & Nightwear", "Women's Underwear", "Bra|Briefs|Bralette|Shapewear|Camisole",
     "in cotton|in microfibre|in lace", 14.0, 0.50, 0.68, standard, 0.65, 0.08, 40, 0.4, "Nightwear"},
    {"Women", "Women's Coats & Jackets", "Trench Coat|Wool Coat|Puffer Jacket|Parka|Denim Jacket|Biker Jacket",
     "in polyester|in cotton|in wool|in leather", 66.0, 0.45, 0.62, standard, 0.45, 1.15, 305, -0.4, "Scarves, Hats & Gloves"},
    {"Shoes", "Sneakers", "Low Sneakers|High Sneakers|Running Shoes|Slip-On Sneakers|Platform Sneakers",
     "in canvas|in synthetics|in leather", 46.0, 0.45, 0.54, standard, 0.25, 0.15, 115, -0.3, "Socks & Tights"},
    {"Children", "Girls' Clothes", "Dress|T-Shirt|Leggings|Sweatshirt|Skirt|Jeans",
     "in cotton|in organic cotton", 12.0, 0.42, 0.62, standard, 0.7, 0.30, 240, 0.1, "Boys' Clothes"},
    {"Men", "Men's Shirts", "Oxford Shirt|Business Shirt|Linen Shirt|Flannel Shirt|Short-Sleeved Shirt",
     "in cotton|in twill|in linen", 29.0, 0.38, 0.64, standard, 0.55, 0.20, 150, -0.2, "Men's Trousers"},
    {"Men", "Men's Knitwear", "Crew-Neck Sweater|V-Neck Sweater|Roll-Neck Sweater|Zip Cardigan",
     "in cotton|in wool|in cashmere", 36.0, 0.42, 0.63, standard, 0.55, 1.00, 330, -0.2, "Men's Shirts"},
    {"Women", "Skirts & Shorts", "Mini Skirt|Midi Skirt|Pleated Skirt|Denim Shorts|Bermuda Shorts",
     "in cotton|in viscose|in leather", 25.0, 0.42, 0.65, standard, 0.55, 0.85, 175, -0.1, "Women's T-Shirts & Tops"},
    {"Children", "Boys' Clothes", "T-Shirt|Jeans|Sweatshirt|Joggers|Shirt|Shorts",
     "in cotton|in organic cotton", 12.5, 0.42, 0.62, standard, 0.7, 0.30, 240, 0.1, "Girls' Clothes"},
    {"Accessories", "Handbags", "Tote Bag|Shoulder Bag|Backpack|Clutch|Bum Bag|Bucket Bag",
     "in canvas|in imitation leather|in leather", 34.0, 0.55, 0.66, standard, 0.4, 0.15, 345, -0.1, "Belts & Wallets"},
    {"Men", "Men's Trousers", "Chinos|Cargo Trousers|Suit Trousers|Joggers|Corduroy Trousers",
     "in cotton|in linen|in wool", 34.0, 0.36, 0.62, standard, 0.55, 0.12, 110, -0.2, "Men's T-Shirts & Polos"},
    {"Children", "Baby Clothes", "Bodysuit|Sleepsuit|Romper|Baby Cardigan|Dungarees",
     "in cotton|in organic cotton", 10.0, 0.40, 0.62, standard, 0.75, 0.08, 60, 0.1, "Girls' Clothes"},
    {"Sportswear", "Sports Tops & Bottoms", "Sports Leggings|Sports Bra|Running Shirt|Track Trousers|Cycling Shorts",
     "in polyester|in seamless knit", 21.0, 0.40, 0.58, standard, 0.45, 0.25, 15, 0.1, "Sweatshirts & Hoodies"},
    {"Shoes", "Boots", "Ankle Boots|Chelsea Boots|Knee Boots|Lace-Up Boots|Snow Boots",
     "in synthetics|in suede|in leather", 64.0, 0.42, 0.56, standard, 0.35, 1.30, 305, -0.4, "Socks & Tights"},
    {"Sportswear", "Sweatshirts & Hoodies", "Hoodie|Sweatshirt|Zip Hoodie|Fleece Jacket",
     "in cotton|in fleece", 28.0, 0.35, 0.62, standard, 0.55, 0.45, 315, 0.0, "Sports Tops & Bottoms"},
    {"Accessories", "Jewellery & Hair", "Earrings|Necklace|Bracelet|Ring|Hair Clips|Headband",
     "in brass|in steel|in silver", 9.5, 0.55, 0.72, standard, 0.6, 0.20, 345, 0.9, "Handbags"},
    {"Underwear & Nightwear", "Nightwear", "Pyjamas|Nightdress|Dressing Gown|Loungewear Set",
     "in cotton|in flannel|in satin", 22.0, 0.40, 0.66, standard, 0.65, 0.40, 345, -0.1, "Women's Underwear"},
    {"Shoes", "Sandals", "Flat Sandals|Espadrilles|Mules|Heeled Sandals|Flip-Flops",
     "in synthetics|in cork|in leather", 29.0, 0.48, 0.58, standard, 0.4, 1.70, 165, -0.1, "Dresses"},
    {"Underwear & Nightwear", "Men's Underwear", "Boxer Shorts|Trunks|Briefs|Undershirt",
     "in cotton|in modal", 13.0, 0.40, 0.66, standard, 0.6, 0.12, 345, 0.4, "Socks & Tights"},
    {"Men", "Men's Coats & Jackets", "Puffer Jacket|Overcoat|Bomber Jacket|Parka|Overshirt|Rain Jacket",
     "in polyester|in cotton|in wool", 72.0, 0.42, 0.61, standard, 0.45, 1.10, 305, -0.4, "Men's Knitwear"},
    {"Shoes", "Flats & Heels", "Ballerinas|Loafers|Pumps|Derby Shoes|Mary Janes",
     "in synthetics|in suede|in leather", 44.0, 0.42, 0.57, standard, 0.4, 0.20, 105, -0.3, "Handbags"},
    {"Accessories", "Scarves, Hats & Gloves", "Scarf|Beanie|Gloves|Silk Square|Cap|Straw Hat",
     "in acrylic|in wool|in cashmere", 13.0, 0.50, 0.68, standard, 0.6, 1.20, 340, 0.7, "Women's Coats & Jackets"},
    {"Accessories", "Belts & Wallets", "Belt|Wallet|Card Holder|Braces|Purse",
     "in imitation leather|in leather", 19.0, 0.45, 0.66, standard, 0.5, 0.20, 345, 0.5, "Men's Trousers"},
    {"Underwear & Nightwear", "Swimwear", "Bikini|Swimsuit|Swim Shorts|Cover-Up|Tankini",
     "in polyamide|in recycled polyamide", 25.0, 0.42, 0.66, standard, 0.5, 2.00, 175, -0.1, "Sandals"},
    {"Women", "Blazers & Suits", "Blazer|Waistcoat|Suit Jacket|Jumpsuit",
     "in polyester|in linen|in wool", 55.0, 0.38, 0.63, standard, 0.5, 0.25, 255, -0.4, "Blouses & Shirts"},
    {"Children", "Children's Coats & Shoes", "Winter Coat|Rain Jacket|Sneakers|Boots|Sandals",
     "in polyester|in canvas|in leather", 28.0, 0.40, 0.58, standard, 0.5, 0.80, 290, -0.3, "Boys' Clothes"},
    {"Men", "Men's Suits", "Suit Jacket|Blazer|Dinner Jacket|Waistcoat|Tie",
     "in polyester|in cotton|in wool", 88.0, 0.55, 0.61, standard, 0.5, 0.30, 140, -0.5, "Men's Shirts"},
    {"Accessories", "Sunglasses & Watches", "Sunglasses|Watch|Reading Glasses|Watch Strap",
     "in plastic|in steel", 19.0, 0.55, 0.70, standard, 0.45, 0.85, 175, 0.4, "Jewellery & Hair"},
});
// clang-format on

// department, readiness to bring back, shelf life, readiness to be of one season; assumed: what may
// not fit comes back, underwear hardly; basics are sold all year
constexpr auto departments = std::to_array<DepartmentFacts>({
    {"Women", 1.2, 0, 1.2},
    {"Men", 1.0, 0, 1.0},
    {"Children", 0.8, 0, 1.1},
    {"Sportswear", 1.0, 0, 0.8},
    {"Shoes", 1.4, 0, 1.0},
    {"Accessories", 0.5, 0, 0.8},
    {"Underwear & Nightwear", 0.4, 0, 0.4},
});

constexpr auto brands = std::to_array<std::string_view>({
    "Adelarde",  "Belcanto",   "Cendrine", "Dovetail Row", "Elmira Vance", "Faubourg 9",
    "Galanthe",  "Harrowgate", "Isoline",  "Jasper Kern",  "Kaleva",       "Lorimer",
    "Maelis",    "Northquay",  "Ondine",   "Pellerine",    "Quaywood",     "Rosalba",
    "Soleterra", "Tessaly",    "Umbriel",  "Vantour",      "Westmarch",    "Ysaline",
    "Zephyr Co", "Amaranthe",  "Bryonie",  "Caldera",      "Delphine B.",  "Ebonwell",
});

constexpr auto colours = std::to_array<std::string_view>({
    "Black",
    "White",
    "Navy",
    "Grey",
    "Beige",
    "Red",
    "Khaki",
    "Striped",
    "Printed",
    "Pink",
    "Light Blue",
    "Brown",
});

}  // namespace

const Assortment fashion{
    .name = "fashion",
    .own_brand = "Aurelle",
    .categories = categories,
    .departments = departments,
    .share_exponent = 0.3,
    .share_cutoff = 40,
    .brands = brands,
    .qualifiers = colours,
};

}  // namespace retailsim::simulate
