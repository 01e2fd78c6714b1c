package org.compnn.image;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The colours that well-known data sets give their classes, and colours for all others. */
final class StandardColours {
  /** CamVid's eleven classes, in SegNet's colours. */
  private static final Map<String, Integer> CAMVID_11 =
      table(
          """
          sky 808080, building 800000, pole c0c080, road 804080, pavement 3c28de, tree 808000,
          signsymbol c08080, fence 404080, car 400080, pedestrian 404000, bicyclist 0080c0,
          unlabelled 000000, unlabeled 000000, void 000000
          """);

  /** CamVid's own 32 classes. */
  private static final Map<String, Integer> CAMVID_32 =
      table(
          """
          animal 408040, archway c00080, bicyclist 0080c0, bridge 008040, building 800000,
          car 400080, cartluggagepram 4000c0, child c08040, columnpole c0c080, fence 404080,
          lanemkgsdriv 8000c0, lanemkgsnondriv c00040, misctext 808040, motorcyclescooter c000c0,
          othermoving 804040, parkingblock 40c080, pedestrian 404000, road 804080,
          roadshoulder 8080c0, sidewalk 0000c0, signsymbol c08080, sky 808080,
          suvpickuptruck 4080c0, trafficcone 000040, trafficlight 004040, train c04080,
          tree 808000, truckbus c080c0, tunnel 400040, vegetationmisc c0c000, void 000000,
          wall 40c000, unlabelled 000000, unlabeled 000000
          """);

  private static final Map<String, Integer> CITYSCAPES =
      table(
          """
          road 804080, sidewalk f423e8, building 464646, wall 66669c, fence be9999, pole 999999,
          trafficlight faaa1e, trafficsign dcdc00, vegetation 6b8e23, terrain 98fb98, sky 4682b4,
          person dc143c, rider ff0000, car 00008e, truck 000046, bus 003c64, train 005064,
          motorcycle 0000e6, bicycle 770b20, unlabelled 000000, unlabeled 000000, void 000000
          """);

  /** CMP Facades, in the colours of the Pix2Pix pairs. */
  private static final Map<String, Integer> FACADES =
      table(
          """
          background 0000de, facade 0030ff, window 0080ff, door 00cfff, cornice 20ffe0,
          sill 70ff8f, balcony c0ff3f, blind fff000, deco ff9f00, molding ff5000, pillar ff0000,
          shop ae0000
          """);

  private static final List<Map<String, Integer>> TABLES =
      List.of(CAMVID_11, CAMVID_32, CITYSCAPES, FACADES);

  /** Strong colours far from each other and from black; the first are told apart by most eyes. */
  private static final int[] DISTINCT = {
    0x4363d8, 0xe6194b, 0x3cb44b, 0xffe119, 0xf58231, 0x911eb4, 0x42d4f4, 0xf032e6, 0xbfef45,
    0xfabed4, 0x469990, 0xdcbeff, 0x9a6324, 0xfffac8, 0x800000, 0xaaffc3, 0x808000, 0xffd8b1,
    0x000075, 0xa9a9a9
  };

  private StandardColours() {}

  /** One colour a name, all different: a data set's own if all names are its, else the defaults. */
  static List<Integer> of(List<String> names) {
    List<String> keys = names.stream().map(StandardColours::key).toList();
    if (!keys.isEmpty() && Set.copyOf(keys).size() == keys.size()) {
      for (Map<String, Integer> table : TABLES) {
        List<Integer> colours = keys.stream().filter(table::containsKey).map(table::get).toList();
        if (colours.size() == keys.size() && Set.copyOf(colours).size() == keys.size()) {
          return colours;
        }
      }
    }
    List<Integer> colours = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    used.add(0);
    for (int i = 0; colours.size() < names.size(); i++) {
      int colour = i < DISTINCT.length ? DISTINCT[i] : spread(i);
      if (used.add(colour)) {
        colours.add(colour);
      }
    }
    return colours;
  }

  /** Hues a golden angle apart, so that neighbours in the list never look alike. */
  private static int spread(int i) {
    float hue = (float) (i * 0.6180339887498949 % 1);
    float saturation = 0.5f + 0.25f * (i % 3);
    float brightness = 0.95f - 0.2f * (i / 3 % 3);
    return Color.HSBtoRGB(hue, saturation, brightness) & 0xffffff;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static Map<String, Integer> table(String text) {
    Map<String, Integer> table = new TreeMap<>();
    for (String entry : text.strip().split(",\\s+", -1)) {
      int space = entry.indexOf(' ');
      table.put(entry.substring(0, space), Integer.parseInt(entry, space + 1, entry.length(), 16));
    }
    return table;
  }
}
