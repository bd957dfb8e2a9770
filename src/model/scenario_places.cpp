#include "model/scenario_places.h"

#include <algorithm>
#include <array>

namespace retailsim {
namespace {

constexpr Town town(std::string_view name, double latitude, double longitude) {
  const auto scaled = [](double degrees) {
    return static_cast<std::int32_t>(degrees * 1e6 + (degrees < 0 ? -0.5 : 0.5));
  };
  return {name, {scaled(latitude)}, {scaled(longitude)}};
}

constexpr std::array bretagne{
    town("Rennes", 48.1173, -1.6778),       town("Brest", 48.3904, -4.4861),
    town("Quimper", 47.9960, -4.0970),      town("Lorient", 47.7483, -3.3702),
    town("Vannes", 47.6582, -2.7608),       town("Saint-Malo", 48.6493, -2.0257),
    town("Saint-Brieuc", 48.5142, -2.7658), town("Lannion", 48.7323, -3.4590),
};
constexpr std::array normandie{
    town("Rouen", 49.4431, 1.0993),   town("Le Havre", 49.4944, 0.1079),
    town("Caen", 49.1829, -0.3707),   town("Cherbourg", 49.6337, -1.6222),
    town("Évreux", 49.0270, 1.1510),  town("Dieppe", 49.9229, 1.0776),
    town("Alençon", 48.4329, 0.0913), town("Lisieux", 49.1466, 0.2294),
};
constexpr std::array occitanie{
    town("Toulouse", 43.6047, 1.4442), town("Montpellier", 43.6108, 3.8767),
    town("Nîmes", 43.8367, 4.3601),    town("Perpignan", 42.6887, 2.8948),
    town("Béziers", 43.3442, 3.2158),  town("Montauban", 44.0176, 1.3550),
    town("Albi", 43.9277, 2.1480),     town("Sète", 43.4075, 3.7006),
};
constexpr std::array grand_est{
    town("Strasbourg", 48.5734, 7.7521), town("Reims", 49.2583, 4.0317),
    town("Metz", 49.1193, 6.1757),       town("Nancy", 48.6921, 6.1844),
    town("Mulhouse", 47.7508, 7.3359),   town("Colmar", 48.0794, 7.3585),
    town("Troyes", 48.2973, 4.0744),     town("Épinal", 48.1724, 6.4496),
};
constexpr std::array hauts_de_france{
    town("Lille", 50.6292, 3.0573),   town("Amiens", 49.8941, 2.2958),
    town("Roubaix", 50.6942, 3.1746), town("Dunkerque", 51.0344, 2.3768),
    town("Calais", 50.9513, 1.8587),  town("Arras", 50.2910, 2.7775),
    town("Lens", 50.4289, 2.8319),    town("Beauvais", 49.4295, 2.0807),
};
constexpr std::array nouvelle_aquitaine{
    town("Bordeaux", 44.8378, -0.5792), town("Limoges", 45.8336, 1.2611),
    town("Poitiers", 46.5802, 0.3404),  town("La Rochelle", 46.1603, -1.1511),
    town("Pau", 43.2951, -0.3708),      town("Bayonne", 43.4929, -1.4748),
    town("Angoulême", 45.6484, 0.1562), town("Niort", 46.3237, -0.4648),
};
constexpr std::array la_reunion{
    town("Saint-Denis", -20.8789, 55.4481),
    town("Saint-Paul", -21.0096, 55.2707),
    town("Saint-Pierre", -21.3393, 55.4781),
    town("Le Tampon", -21.2781, 55.5152),
};
constexpr std::array ohio{
    town("Cincinnati", 39.1031, -84.5120),  town("Columbus", 39.9612, -82.9988),
    town("Dayton", 39.7589, -84.1916),      town("Toledo", 41.6528, -83.5379),
    town("Cleveland", 41.4993, -81.6944),   town("Akron", 41.0814, -81.5190),
    town("Springfield", 39.9242, -83.8088), town("Lima", 40.7426, -84.1052),
};
constexpr std::array kentucky{
    town("Louisville", 38.2527, -85.7585),    town("Lexington", 38.0406, -84.5037),
    town("Covington", 39.0837, -84.5086),     town("Frankfort", 38.2009, -84.8733),
    town("Georgetown", 38.2098, -84.5588),    town("Richmond", 37.7479, -84.2947),
    town("Elizabethtown", 37.7031, -85.8649), town("Ashland", 38.4784, -82.6379),
};
constexpr std::array indiana{
    town("Indianapolis", 39.7684, -86.1581), town("Fort Wayne", 41.0793, -85.1394),
    town("Muncie", 40.1934, -85.3864),       town("Anderson", 40.1053, -85.6803),
    town("Bloomington", 39.1653, -86.5264),  town("Terre Haute", 39.4667, -87.4139),
    town("Lafayette", 40.4167, -86.8753),    town("Kokomo", 40.4864, -86.1336),
};
constexpr std::array michigan{
    town("Detroit", 42.3314, -83.0458),   town("Grand Rapids", 42.9634, -85.6681),
    town("Lansing", 42.7325, -84.5555),   town("Ann Arbor", 42.2808, -83.7430),
    town("Kalamazoo", 42.2917, -85.5872), town("Flint", 43.0125, -83.6875),
    town("Jackson", 42.2459, -84.4014),   town("Monroe", 41.9164, -83.3977),
};

constexpr std::array regions{
    Region{"Bretagne", "Europe/Paris", bretagne},
    Region{"Normandie", "Europe/Paris", normandie},
    Region{"Occitanie", "Europe/Paris", occitanie},
    Region{"Grand Est", "Europe/Paris", grand_est},
    Region{"Hauts-de-France", "Europe/Paris", hauts_de_france},
    Region{"Nouvelle-Aquitaine", "Europe/Paris", nouvelle_aquitaine},
    Region{"La Réunion", "Indian/Reunion", la_reunion},
    Region{"Ohio", "America/New_York", ohio},
    Region{"Kentucky", "America/New_York", kentucky},
    Region{"Indiana", "America/Indiana/Indianapolis", indiana},
    Region{"Michigan", "America/Detroit", michigan},
};

}  // namespace

std::span<const Region> all_regions() { return regions; }

const Region* find_region(std::string_view name) {
  const auto* found = std::ranges::find(regions, name, &Region::name);
  return found == regions.end() ? nullptr : found;
}

}  // namespace retailsim
