/**
 * 1,024 plain English words, chosen to be told apart by eye and by ear: no two begin with the same four letters, none is
 * one letter away from another. The place of a word is its value, so that the list may never change.
 */
export const TIP_WORDS: readonly string[] = (
  "abacus abbey acacia acid acorn acrobat actor adobe agenda airport album alcove algebra alley almanac almond " +
  "alpaca alpine amber amethyst anchor anemone angle animal antenna anthill antique anvil apple apricot apron " +
  "aquarium arcade archer arena armchair armor arrow artist ash ashtray aspen asphalt aster athlete atlas atom " +
  "attic auction audio aurora author autumn avenue avocado award axle azalea baboon backpack bacon badge bagel " +
  "bakery balcony ballad balsam bamboo banana bandage banjo bank banner banquet barber barista barley barrel " +
  "basil basket bayou bazaar beach bear beaver bedroom beetle begonia bellows berry bicycle biplane birch bird " +
  "biscuit bishop blade blanket blender blossom bluejay bobcat bonfire bongo boot border bottle boulder boxcar " +
  "bracket bramble branch brass bread breeze brick bridge bronze broom brush bubble bucket buffalo buggy bugle " +
  "bull bundle burger burrow bushel butter buzzard cabbage cabin cable cactus cadet cake calendar caliper camel " +
  "camphor canary candle canoe canvas canyon captain caravan carbon cardinal cargo caribou carnival carpet " +
  "carrot cartoon cascade cashew cassette castle catalog caviar cedar ceiling celery cellar cement centaur chain " +
  "chalk chart cheese chef chemist cherry chess chicken chili chimney chipmunk chisel choir chowder chrome " +
  "chutney cider cinema cinnamon citrus clapper clarinet clay clever cliff climber clock cloud coast cobalt " +
  "cobbler cobra cockpit cocoa coffee coil comet compass condor cookie copilot copper coral corner costume " +
  "cotton couch cougar cowboy coyote cracker cradle crane crater crawler crayon cricket crocus crop crown cruise " +
  "crystal cuckoo cucumber curry curtain cushion cutlery cycle cymbal cypress daffodil daisy dancer dawn deck " +
  "decoder denim deposit dialect diamond digger dilemma dime dingo dinner discus dogwood dolphin domino donkey " +
  "doorbell dough dragon drain drawer dream dress drill drizzle drum duplex dynamo eagle earring easel ebony " +
  "eclair eclipse egg eggplant ejector elbow elephant elevator elixir emerald engine enigma envelope envoy " +
  "equator equinox erosion exhibit explorer factory fairy falcon fanfare farmer faucet feather fedora fence " +
  "fender fennel fern ferret festival fiddle field filter finch finger firefly fisher fjord flame flannel flask " +
  "fleet flicker flint florist flower flute flyer folder forest fortress fossil fountain fox freckle frost fruit " +
  "fuchsia fudge furnace gadget galaxy gallon gangway garage garden garlic garnet gazebo gecko gem geranium " +
  "geyser gherkin gimmick giraffe glacier glass glimmer glitter glove glue gnome goblet gold gondola goose " +
  "gopher gorilla gosling gourd grammar granite grape gravel griffin groove grotto guard guava guinea guitar " +
  "gust gymnast haiku halibut halogen hamlet hammer hamster hangar harbor harmony harness harp harvest haystack " +
  "hazel heart heater hedge heirloom helmet hermit heron herring hexagon hickory highway hinge hockey hoedown " +
  "holiday hollow honey hoodie horizon hornet horse hospital hotel hubcap hummus hurdle hydrant hyena iceberg " +
  "icicle idol igloo iguana impala incense indigo inkwell inlet inventor iris island isotope ivory jacket jaguar " +
  "jamboree janitor jasmine javelin jazz jeans jeep jelly jersey jester jetty jewel jigsaw jogger jubilee " +
  "juggler juice jukebox jumper jungle juniper kangaroo kayak kazoo ketchup kettle keyboard kickoff kimono king " +
  "kiosk kitchen kitten knight knob koala lacquer ladder lagoon lamb lantern laser lasso lattice laundry laurel " +
  "lavender ledger lemon lens lentil leopard letter library lichen light lily limerick linen liquid lizard llama " +
  "loaf lobster locker lodge lollipop lotus lozenge luggage lullaby lumber lunch macaw mackerel magenta magnet " +
  "magpie mallard mammal mandarin mango mansion mantle maple marble mariner marquee marsh mascot matador match " +
  "mattress mayor meadow medal melon mercury mermaid meteor midnight mileage minnow mirror mixer mobile molasses " +
  "monarch monocle moped mortar mosaic moss motor mouse movie muffin museum mushroom music mussel mustard napkin " +
  "navy nebula nectar needle network newt nickel ninja noodle north notebook nougat novel nucleus nugget nursery " +
  "nutmeg oasis oatcake oatmeal obelisk oboe ocean ocelot octave octopus odyssey olive omelet onion opal opera " +
  "opossum optic oracle orange orbit orchid oregano organ oriole osprey ostrich otter outback oven owner oxford " +
  "oxygen oyster paddle padlock pagoda paint pajamas palace palette pancake panda pants papaya paper paprika " +
  "papyrus parade parcel parka parsley party pasta patrol peanut pearl pebble pelican pencil penguin pepper " +
  "percale perfume pergola petunia phone photo piano pickle picnic pier pigeon pillow pilot pinball pirate " +
  "pitcher pixel pizza planet plaster plate plaza plow plume plywood pocket polar polka polygon pontoon pony " +
  "popcorn poppy porch portrait postcard potato pottery poultry powder prairie prawn pretzel printer prism " +
  "propane prune pudding pulley pulse pumpkin puppet putty puzzle pyramid python quail quartz queen quest quill " +
  "quinoa quiver rabbit raccoon radar radio raft railway raisin rampart rapids ratchet raven ravine razor " +
  "reactor redwood regatta reindeer rhino rhubarb rhythm ribbon ripple river robin robot rodeo rooster rotunda " +
  "royal rubber rudder ruffle rugby runner russet safari saffron sailor salad salmon salsa samba sandal sapling " +
  "sapphire sardine satchel satin sauce sauna sausage savanna sawdust scale scanner scarf scenery sceptre school " +
  "science scissors scooter scout screen scribe scroll seafood seesaw senate sequoia sergeant sesame settler " +
  "shallot shampoo shark sheep shelf shepherd sherbet shield shingle ship shirt shore shovel shower shrimp shrub " +
  "shuffle shuttle sierra siesta signal silver siphon siren skate sketch sky skylark slalom sled sleeve slice " +
  "slipper sloth smelter smithy smoke snack snail snake snapper snippet snorkel snowman soccer sofa soldier " +
  "sonnet sorbet south space spaniel sparrow spatula speaker sphinx spider spine spiral splash sponge spoon " +
  "sport spray spring spruce square squid stable stadium staff stair stamp stand stapler statue steak steel " +
  "stencil stereo stick stirrup stone storm strap stream strudel studio subway suede sugar sulfur summer sundial " +
  "sunrise sunset surf sushi swallow swan sweater swift swing switch tablet tadpole taffeta tandem tartan tassel " +
  "tavern taxi teacher teapot temple tennis terrace thermos thimble thistle thread throne thrush thunder tiara " +
  "ticket tiger timber timpani tinsel toaster tomato topaz topsoil tornado tortoise totem toucan towel track " +
  "traffic trail trapeze treacle tree trellis triangle trident triple trolley trombone trooper trophy trout " +
  "trumpet trunk tuba tugboat tulip tundra tunnel turban turkey turnip turret turtle tutor tuxedo tycoon typhoon " +
  "ukulele umbrella umpire unicorn uniform unison urchin vaccine valet valve vanilla vapor varnish vault velcro " +
  "velvet vendor veranda verse veteran viaduct video viking village vinegar vinyl violin viper vitamin voice " +
  "volcano volley vortex vote voucher voyage vulture wafer waffle wagon waiter wallet walnut walrus waltz " +
  "wedding welder whale wharf wheat wheel whisker wigwam wildcat window winter wombat world worm wreath wrench " +
  "yacht yeast yodel yogurt yucca zebra zenith zephyr zigzag zinnia zipper zircon zodiac"
).split(" ");
