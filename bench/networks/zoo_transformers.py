"""Networks of transformers, each with the configuration and the preprocessing that the library itself writes."""

import torch

from writing import FREE, lively, pictures, seeded, settled, single, write


class _Only(torch.nn.Module):
    """One or several named outputs of a model of transformers."""

    def __init__(self, model, *names, after=None):
        super().__init__()
        self.model, self.names, self.after = model, names, after

    def forward(self, pixel_values):
        answer = self.model(pixel_values=pixel_values)
        values = tuple(getattr(answer, n) for n in self.names)
        if self.after is not None:
            return self.after(*values)
        return values if len(values) > 1 else values[0]


def _labels(count):
    return {"id2label": {i: f"thing {i}" for i in range(count)}, "label2id": {f"thing {i}": i for i in range(count)}}


def _save(folder, model, processor=None, **size):
    model.config.save_pretrained(folder)
    if processor is not None:
        processor.save_pretrained(folder)


def _segformer(classes=12):
    from transformers import SegformerConfig, SegformerForSemanticSegmentation

    config = SegformerConfig(depths=[1, 1, 2, 1], hidden_sizes=[16, 32, 64, 96], decoder_hidden_size=64,
                             num_attention_heads=[1, 2, 4, 4], **_labels(classes))
    return settled_model(SegformerForSemanticSegmentation, config)


def settled_model(kind, config, rows=128, columns=192):
    """A model of that kind with settled batch normalisations and attention as plain products."""
    config._attn_implementation = "eager"
    model = lively(seeded(kind, config))
    return settled(model, pictures(rows, columns, 2))


def _processor(name, **values):
    import transformers

    return getattr(transformers, name)(**values)


def positive(model):
    """A depth network whose last convolution, before a ReLU, answers above 0."""
    last = [m for m in model.head.modules() if isinstance(m, torch.nn.Conv2d)][-1]
    torch.nn.init.constant_(last.bias, 4.0)
    return model


def segformer_fixed(folder):
    """SegFormer, fixed size, scores at a quarter"""
    model = _segformer()
    write(folder, _Only(model, "logits"), pictures(128, 192), ["pixel_values"], ["logits"])
    _save(folder, model, _processor("SegformerImageProcessor", size={"height": 128, "width": 192}))


def segformer_free(folder):
    """SegFormer, free size, labels reduced by one"""
    model = _segformer()
    write(folder, _Only(model, "logits"), pictures(128, 192), ["pixel_values"], ["logits"],
          {"pixel_values": FREE, "logits": FREE})
    _save(folder, model, _processor("SegformerImageProcessor", size={"height": 128, "width": 192}, do_reduce_labels=True))


def segformer_argmax(folder):
    """SegFormer, enlarged and arg max inside"""

    def after(logits):
        return torch.nn.functional.interpolate(logits, scale_factor=4, mode="bilinear").argmax(1)

    model = _segformer()
    write(folder, _Only(model, "logits", after=after), pictures(128, 192), ["pixel_values"], ["labels"])
    _save(folder, model, _processor("SegformerImageProcessor", size={"height": 128, "width": 192}))


def _dpt(**values):
    from transformers import DPTConfig

    return DPTConfig(hidden_size=64, num_hidden_layers=4, num_attention_heads=4, intermediate_size=128, image_size=128,
                     backbone_out_indices=[0, 1, 2, 3], neck_hidden_sizes=[16, 32, 48, 64], fusion_hidden_size=32,
                     is_hybrid=False, semantic_classifier_dropout=0.0, **values)


def dpt_segmentation(folder):
    """DPT for segmentation"""
    from transformers import DPTForSemanticSegmentation

    model = settled_model(DPTForSemanticSegmentation, _dpt(**_labels(12)), 128, 128)
    write(folder, _Only(model, "logits"), pictures(128, 128), ["pixel_values"], ["logits"])
    _save(folder, model, _processor("DPTImageProcessor", size={"height": 128, "width": 128}))


def dpt_depth(folder):
    """DPT for depth, rank 3"""
    from transformers import DPTForDepthEstimation

    model = positive(settled_model(DPTForDepthEstimation, _dpt(), 128, 128))
    write(folder, _Only(model, "predicted_depth"), pictures(128, 128), ["pixel_values"], ["predicted_depth"])
    _save(folder, model, _processor("DPTImageProcessor", size={"height": 128, "width": 128}))


def _dinov2(**values):
    from transformers import Dinov2Config

    return Dinov2Config(hidden_size=64, num_hidden_layers=4, num_attention_heads=4, image_size=140, patch_size=14, **values)


def depth_anything(folder):
    """Depth Anything: DINOv2 and DPT's neck, aspect kept"""
    from transformers import DepthAnythingConfig, DepthAnythingForDepthEstimation

    backbone = _dinov2(out_indices=[1, 2, 3, 4], reshape_hidden_states=False, apply_layernorm=True)
    config = DepthAnythingConfig(backbone_config=backbone, patch_size=14, reassemble_hidden_size=64,
                                 neck_hidden_sizes=[16, 32, 48, 64], fusion_hidden_size=32, head_hidden_size=16)
    model = positive(settled_model(DepthAnythingForDepthEstimation, config, 140, 140))
    write(folder, _Only(model, "predicted_depth"), pictures(140, 140), ["pixel_values"], ["predicted_depth"])
    _save(folder, model, _processor("DPTImageProcessor", size={"height": 140, "width": 140}, keep_aspect_ratio=True,
                                    ensure_multiple_of=14))


class _Linear(torch.nn.Module):
    """DINOv2's linear segmenter: batch normalisation and a 1 x 1 convolution of the last block's tokens."""

    def __init__(self, config, classes=12):
        from transformers import Dinov2Model

        super().__init__()
        self.body = Dinov2Model(config)
        self.config = self.body.config
        self.norm = torch.nn.BatchNorm2d(config.hidden_size)
        self.classifier = torch.nn.Conv2d(config.hidden_size, classes, 1)

    def forward(self, pixel_values):
        tokens = self.body(pixel_values).last_hidden_state[:, 1:]
        rows, columns = pixel_values.shape[2] // 14, pixel_values.shape[3] // 14
        grid = tokens.transpose(1, 2).reshape(pixel_values.shape[0], -1, rows, columns)
        scores = self.classifier(self.norm(grid))
        return torch.nn.functional.interpolate(scores, scale_factor=14, mode="bilinear", align_corners=False)


def dinov2_linear(folder):
    """DINOv2 with a linear head"""
    net = settled_model(_Linear, _dinov2(**_labels(12)), 140, 140)
    write(folder, net, pictures(140, 140), ["pixel_values"], ["logits"])
    _save(folder, net, _processor("BitImageProcessor", size={"height": 140, "width": 140}, do_center_crop=False))


# The old exporter's adaptive pooling wants sizes that 1, 2, 3 and 6 divide: 192 pixels at a stride of 32 give 6 cells.


def _upernet(backbone, rows=192, columns=192):
    from transformers import UperNetConfig, UperNetForSemanticSegmentation

    config = UperNetConfig(backbone_config=backbone, hidden_size=32, use_auxiliary_head=False, **_labels(12))
    return settled_model(UperNetForSemanticSegmentation, config, rows, columns)


def swin_upernet(folder):
    """Swin and UPerNet"""
    from transformers import SwinConfig

    backbone = SwinConfig(embed_dim=24, depths=[1, 2, 2, 1], num_heads=[1, 2, 4, 4], window_size=6, image_size=192,
                          out_features=["stage1", "stage2", "stage3", "stage4"])
    backbone._attn_implementation = "eager"
    model = _upernet(backbone, 192, 192)
    write(folder, _Only(model, "logits"), pictures(192, 192), ["pixel_values"], ["logits"])
    _save(folder, model, _processor("SegformerImageProcessor", size={"height": 192, "width": 192}))


def convnext_upernet(folder):
    """ConvNeXt and UPerNet"""
    from transformers import ConvNextConfig

    backbone = ConvNextConfig(depths=[1, 1, 2, 1], hidden_sizes=[16, 32, 64, 96],
                              out_features=["stage1", "stage2", "stage3", "stage4"])
    model = _upernet(backbone)
    write(folder, _Only(model, "logits"), pictures(192, 192), ["pixel_values"], ["logits"])
    _save(folder, model, _processor("SegformerImageProcessor", size={"height": 192, "width": 192}))


def _maskformer_backbone():
    from transformers import SwinConfig

    return SwinConfig(embed_dim=24, depths=[1, 1, 2, 1], num_heads=[1, 2, 4, 4], window_size=4, image_size=128,
                      out_features=["stage1", "stage2", "stage3", "stage4"])


def maskformer(folder):
    """MaskFormer: class scores and masks of queries"""
    from transformers import DetrConfig, MaskFormerConfig, MaskFormerForInstanceSegmentation

    decoder = DetrConfig(d_model=32, decoder_layers=2, encoder_layers=1, encoder_ffn_dim=64, decoder_ffn_dim=64,
                         encoder_attention_heads=4, decoder_attention_heads=4, num_queries=20)
    decoder._attn_implementation = "eager"
    config = MaskFormerConfig(backbone_config=_maskformer_backbone(), decoder_config=decoder, fpn_feature_size=32,
                              mask_feature_size=32, **_labels(12))
    model = settled_model(MaskFormerForInstanceSegmentation, config, 128, 128)
    write(folder, _Only(model, "class_queries_logits", "masks_queries_logits"), pictures(128, 128), ["pixel_values"],
          ["class_queries_logits", "masks_queries_logits"])
    _save(folder, model, _processor("MaskFormerImageProcessor", size={"height": 128, "width": 128}))


def mask2former(folder):
    """Mask2Former: deformable attention, class scores and masks of queries"""
    from transformers import Mask2FormerConfig, Mask2FormerForUniversalSegmentation

    config = Mask2FormerConfig(backbone_config=_maskformer_backbone(), feature_size=32, mask_feature_size=32, hidden_dim=32,
                               encoder_feedforward_dim=64, dim_feedforward=64, encoder_layers=1, decoder_layers=3,
                               num_attention_heads=4, num_queries=20, **_labels(12))
    model = settled_model(Mask2FormerForUniversalSegmentation, config, 128, 128)
    write(folder, _Only(model, "class_queries_logits", "masks_queries_logits"), pictures(128, 128), ["pixel_values"],
          ["class_queries_logits", "masks_queries_logits"])
    single(folder)
    _save(folder, model, _processor("Mask2FormerImageProcessor", size={"height": 128, "width": 128}))


def beit(folder):
    """BEiT for segmentation"""
    from transformers import BeitConfig, BeitForSemanticSegmentation

    config = BeitConfig(hidden_size=48, num_hidden_layers=4, num_attention_heads=4, intermediate_size=96, image_size=192,
                        out_indices=[1, 2, 3, 4], use_relative_position_bias=True, use_auxiliary_head=False,
                        add_fpn=True, reshape_hidden_states=True, **_labels(12))
    model = settled_model(BeitForSemanticSegmentation, config, 192, 192)
    write(folder, _Only(model, "logits"), pictures(192, 192), ["pixel_values"], ["logits"])
    _save(folder, model, _processor("BeitImageProcessor", size={"height": 192, "width": 192}, do_center_crop=False))


def mobilevit(folder):
    """MobileViT and DeepLabV3"""
    from transformers import MobileViTConfig, MobileViTForSemanticSegmentation

    config = MobileViTConfig(hidden_sizes=[24, 32, 48], neck_hidden_sizes=[8, 12, 16, 24, 32, 48, 96], image_size=128,
                             aspp_out_channels=32, **_labels(12))
    model = settled_model(MobileViTForSemanticSegmentation, config, 128, 128)
    write(folder, _Only(model, "logits"), pictures(128, 128), ["pixel_values"], ["logits"])
    _save(folder, model, _processor("MobileViTImageProcessor", size={"shortest_edge": 144},
                                    crop_size={"height": 128, "width": 128}))


def swin2sr(folder):
    """Swin2SR, twice the size"""
    from transformers import Swin2SRConfig, Swin2SRForImageSuperResolution

    config = Swin2SRConfig(image_size=64, embed_dim=36, depths=[2, 2], num_heads=[3, 3], window_size=8, upscale=2)
    model = settled_model(Swin2SRForImageSuperResolution, config, 64, 64)
    write(folder, _Only(model, "reconstruction"), pictures(64, 64), ["pixel_values"], ["reconstruction"])
    _save(folder, model, _processor("Swin2SRImageProcessor"))
