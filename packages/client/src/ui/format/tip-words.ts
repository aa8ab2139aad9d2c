// 256 short words, one for each byte, easy to say and to tell apart.
const WORDS = (
  "acid acorn actor adult agent alarm album alley amber angle ankle apple apron arena arrow atlas " +
  "attic audio autumn bacon badge bagel bamboo banana barrel basil basket beach beacon beard beaver bench " +
  "berry bishop blanket blender blossom bonus border bottle bounce breeze brick bridge broom bubble bucket buffalo " +
  "bundle burger butter button cabin cactus camel camera candle canoe canyon carbon cargo carpet carrot castle " +
  "cedar cellar cement chalk cheese cherry chimney cinema circle citrus clay clever cliff clock cloud clover " +
  "coast cobalt cocoa coconut comet copper coral cotton cradle crane crater crayon cricket crown crystal curtain " +
  "cyclone daisy dancer delta denim desert diamond dinner doctor dolphin donkey dragon drum eagle easel echo " +
  "elbow ember engine falcon fabric feather fennel fiddle finger flame flute forest fossil fountain fox galaxy " +
  "garden garlic gecko ginger glacier glove goblet gold grape gravel guitar hammer harbor harvest hazel helmet " +
  "hermit heron honey hornet hotel igloo indigo iris iron island ivory jacket jaguar jasmine jelly jewel " +
  "jungle kayak kettle kitten koala ladder lagoon lantern laurel lemon leopard lily linen lizard llama lobster " +
  "lotus magnet mango maple marble meadow melon mercury mirror mitten monkey moss mountain museum mustard napkin " +
  "nectar needle nickel noodle nutmeg oasis ocean olive onion opal orange orbit orchid otter oyster paddle " +
  "panda paper parrot peach peanut pebble pelican pencil pepper piano pigeon pillow pilot planet plaza plum " +
  "pocket polar pony poppy potato prairie pumpkin puzzle quartz rabbit radio raven ribbon river rocket ruby " +
  "saddle salmon sandal satin scarf silver sketch spider squid summer sunset teapot tiger tulip velvet walnut"
).split(" ");

/** A hash as three words, its first three bytes, so that people can compare chains by eye: 1 of 16.7 million. */
export function tipWords(hash: string): readonly string[] {
  return [0, 2, 4].map((at) => WORDS[Number.parseInt(hash.slice(at, at + 2), 16)] ?? "?");
}
