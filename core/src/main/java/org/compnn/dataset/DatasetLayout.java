package org.compnn.dataset;

/** How a data set lies on disk. */
public enum DatasetLayout {
  /** Two folders of pictures with the same stems, such as {@code images/} and {@code labels/}. */
  PAIRED,
  /** Pictures of twice the width, input and target beside each other (pix2pix). */
  SIDE_BY_SIDE,
  /** A text file with an input and a target on each line (CamVid). */
  LIST,
  /** {@code leftImg8bit/SPLIT/CITY} and {@code gtFine/SPLIT/CITY}. */
  CITYSCAPES,
  /** A CSV file with the columns {@code input}, {@code target}, {@code tags}, {@code id}. */
  CSV,
  /** Pictures and annotations in COCO's JSON: polygons, run lengths or panoptic segments. */
  COCO,
  /** {@code data.yaml} and a text file of polygons for each picture (Ultralytics). */
  YOLO,
  /** {@code JPEGImages/} and {@code SegmentationClass/} (Pascal VOC, CVAT). */
  VOC,
  /** {@code images/training} and {@code annotations/training}, where a stored 0 is unlabelled. */
  ADE20K,
  /** {@code dataset.json}, {@code imagesTr/CASE_0000.png}, {@code labelsTr/CASE.png}. */
  NNUNET,
  /** A JSON file of shapes for each picture. */
  LABELME,
  /** Parquet files with a picture and its target in each row (Hugging Face). */
  PARQUET,
  /** A folder of inputs without targets. */
  INPUTS
}
